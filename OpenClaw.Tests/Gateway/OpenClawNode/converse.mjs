// Speaks with a gateway through the real client openclaw-node. Prints what it saw as one line of JSON.
import { resolve } from 'node:path';
import WebSocket from 'ws';

globalThis.WebSocket ??= WebSocket;
const { OpenClawClient } = await import('openclaw-node');
const [url, token, agentId] = process.argv.slice(2);
const sessionKey = `agent:${agentId}:node`;
const client = new OpenClawClient({
  url,
  token,
  autoReconnect: false,
  deviceIdentityPath: resolve('device.json'),
  scopes: ['operator.read', 'operator.write', 'operator.admin'],
});
client.on('error', (error) => console.error(error.message));

const seen = {};
seen.protocol = (await client.connect()).protocol;
seen.healthy = (await client.health()).ok;
seen.agents = (await client.agents.list()).agents.map((agent) => agent.id);
seen.streamed = '';
for await (const chunk of client.chat('stream this', { agentId, sessionKey })) {
  if (chunk.type === 'text') seen.streamed += chunk.text;
  seen.run = chunk.runId ?? seen.run;
}
seen.waited = (await client.agentWait(seen.run, { timeoutMs: 3000 })).status;
const events = [];
const subscription = await client.sessions.subscribeMessages(sessionKey, (event) => events.push(event.event));
seen.said = await client.chatSync('say this', { agentId, sessionKey });
await subscription.unsubscribe();
seen.followed = events.includes('session.message');
seen.history = (await client.sessions.history(sessionKey, { limit: 10 })).messages.length;
seen.session = (await client.sessions.describe(sessionKey)).session.key;
seen.aborted = (await client.chatAbort(sessionKey)).aborted;
seen.unknown = await client.request('no.such').then(() => 'resolved', (error) => error.message);
await client.disconnect();
console.log(JSON.stringify(seen));
process.exit(0);
