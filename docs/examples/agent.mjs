// Serves one agent: AUTH_TOKEN=… node agent.mjs http://127.0.0.1:18789 NAME (Node 22 or newer; 20 with --experimental-websocket)
import { setTimeout as delay } from "node:timers/promises";

const [, , address, agent] = process.argv;
const turns = new Map();

// Where a model would think: it counts, it calculates, or it repeats what it was told.
function* pieces(message) {
  const count = /^count to (\d{1,4})$/.exec(message);
  const sum = /^what is (\d{1,9}) \* (\d{1,9})\?$/.exec(message);
  if (count) for (let number = 1; number <= Number(count[1]); number++) yield `${number} `;
  else if (sum) yield* ["It is ", multiply(sum[1], sum[2]), "."];
  else yield* ["You said: ", message];
}

// A tool.
const multiply = (one, other) => String(BigInt(one) * BigInt(other));

async function answer(send, { turnId, message }) {
  const stop = new AbortController();
  turns.set(turnId, stop);
  let text = "";
  try {
    for (const piece of pieces(message)) {
      send("runtime.progress", { turnId, text: piece });
      text += piece;
      await delay(200, undefined, { signal: stop.signal });
    }
    send("runtime.reply", { turnId, text });
  } catch {
    console.log(`stopped: ${message}`);
  } finally {
    turns.delete(turnId);
  }
}

function serve() {
  const socket = new WebSocket(address.replace(/^http/, "ws"));
  const send = (method, params) => socket.readyState === WebSocket.OPEN && socket.send(JSON.stringify({ type: "req", id: method, method, params }));
  socket.onmessage = ({ data }) => {
    const frame = JSON.parse(data);
    switch (frame.event ?? frame.id) {
      case "connect.challenge":
        return send("connect", {
          minProtocol: 3,
          maxProtocol: 4,
          client: { id: "gateway-client", version: "1.0.0", platform: "linux", mode: "backend" },
          scopes: ["operator.runtime"],
          auth: { token: process.env.AUTH_TOKEN },
        });
      case "connect":
        return send("runtime.serve", { agentId: agent });
      case "runtime.serve":
        return console.log(frame.ok ? `serving ${agent}` : JSON.stringify(frame.error));
      case "runtime.turn":
        return answer(send, frame.payload);
      case "runtime.cancel":
        return turns.get(frame.payload.turnId)?.abort();
    }
  };
  // A connection that ends is made anew; a turn that is not answered comes again, under its id.
  socket.onerror = ({ message }) => console.error(message);
  socket.onclose = ({ reason }) => {
    if (reason) console.error(`closed: ${reason}`);
    setTimeout(serve, 1000);
  };
}

serve();
