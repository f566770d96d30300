// Speaks with /mcp through the official client. Prints what it saw as one line of JSON.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';

const [url, token, readKey, failed] = process.argv.slice(2);
const text = (result) => result.content[0].text;
const json = (result) => JSON.parse(text(result));
const transports = new Map();

async function connect(key, answers) {
  const client = new Client({ name: 'suite', version: '1.0.0' }, { capabilities: answers ? { elicitation: {} } : {} });
  if (answers) {
    client.setRequestHandler(ElicitRequestSchema, async (request) => {
      seen.questions.push(request.params.message);
      return answers.shift();
    });
  }

  const transport = new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers: { Authorization: `Bearer ${key}` } } });
  await client.connect(transport);
  transports.set(client, transport);
  return client;
}

const call = (client, name, args) => client.callTool({ name, arguments: args });
const seen = { questions: [] };
const answers = [{ action: 'decline' }, { action: 'accept', content: { confirm: true } }];
const client = await connect(token, answers);
seen.server = client.getServerVersion().name;
seen.protocol = transports.get(client).protocolVersion;
seen.tools = (await client.listTools()).tools.map((tool) => tool.name);

const made = json(await call(client, 'provision_agent', { name: 'Ada', model: 'local/echo' }));
seen.status = made.agent.status;
const sent = json(await call(client, 'send_message', { agent: 'Ada', content: 'say this' }));
seen.reply = sent.reply;
seen.read = json(await call(client, 'read_message', { message: sent.message_id })).reply.content;
seen.why = text(await call(client, 'why', { workflow: failed }));

const declined = await call(client, 'stop_agent', { agent: 'Ada', confirm: true });
seen.declined = [declined.isError, json(declined).code];
seen.stopped = json(await call(client, 'stop_agent', { agent: 'Ada' })).agent.status;

const silent = await connect(token);
const other = json(await call(silent, 'provision_agent', { name: 'Bo', model: 'local/echo' })).agent.id;
const unconfirmed = await call(silent, 'stop_agent', { agent: 'Bo' });
seen.unconfirmed = [unconfirmed.isError, json(unconfirmed).code, json(unconfirmed).detail];
seen.confirmed = json(await call(silent, 'stop_agent', { agent: other, confirm: true })).agent.status;

const reader = await connect(readKey);
seen.readerTools = (await reader.listTools()).tools.map((tool) => tool.name);
const refused = await call(reader, 'pause_agent', { agent: 'Ada' });
seen.refused = [refused.isError, json(refused).code];
seen.readerLists = json(await call(reader, 'list_agents', {})).total;

seen.stranger = await connect('wrong').then(() => 'let in', (error) => error.code);
for (const [open, transport] of transports) {
  await transport.terminateSession();
  await open.close();
}

console.log(JSON.stringify(seen));
