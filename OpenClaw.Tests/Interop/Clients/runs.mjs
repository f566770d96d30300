// Asks for one run after another through the official client library, and for each until the gateway has said how it ended.
// Every line of its output is a run that has ended well; it goes on until its input ends.
import { pathToFileURL } from 'node:url';

const [library, url, token, agentId] = process.argv.slice(2);
const { GatewayClient } = await import(pathToFileURL(library));
const pause = 200;

let isUp = false;
let up = Promise.withResolvers();
const client = new GatewayClient({
  url,
  token,
  minProtocol: 4,
  maxProtocol: 4,
  scopes: ['operator.read', 'operator.write'],
  onHelloOk: () => {
    isUp = true;
    up.resolve();
  },
  // Each attempt that fails is a close, too.
  onClose: () => {
    if (isUp) up = Promise.withResolvers();
    isUp = false;
  },
  onConnectError: () => {},
});
client.start();

let isOver = false;
process.stdin.on('end', () => { isOver = true; }).resume();
for (let number = 1; !isOver; number++) {
  const run = `run-${number}`;
  while (!await ended(run)) await new Promise((resolve) => setTimeout(resolve, pause));
  console.log(run);
}
client.stop();
process.exit(0);

async function ended(run) {
  await up.promise;
  try {
    await client.request('agent', { message: run, agentId, idempotencyKey: run }, { expectFinal: false });
    return (await client.request('agent.wait', { runId: run, timeoutMs: 20000 })).status === 'ok';
  } catch (error) {
    console.error(`${run}: ${error.message}`);
    return false;
  }
}
