// Writes what the DBOS version leaves: a workflow that succeeded, one that failed, one under way, and a message that nobody has read.
// node fill.mjs URL, in a folder with some release of @dbos-inc/dbos-sdk; the tables are made by the SDK itself.
import { readFileSync } from 'node:fs';
import { DBOS } from '@dbos-inc/dbos-sdk';

const url = process.argv[2];
const { version } = JSON.parse(readFileSync('node_modules/@dbos-inc/dbos-sdk/package.json'));

const { hostname: host, port, username: user, password, pathname } = new URL(url);
const parts = { host, port: Number(port), user, password, database: pathname.slice(1), ssl: false };

class Gateway {
  static async validateMessage() { return true; }
  static async refuse() { throw new Error('no such agent'); }
  static async routeAgentMessage(message) {
    await Gateway.validateMessage();
    if (message.content === 'pending "\\ text') await DBOS.recv('never', 3600);
    return { messageId: message.id, status: 'delivered' };
  }
  static async provisionAgentWorkflow() { await Gateway.refuse(); }
}

// As TypeScript's decorators do it.
function decorate(name, decorator) {
  const method = Object.getOwnPropertyDescriptor(Gateway, name);
  Reflect.defineMetadata?.('design:paramtypes', Array(method.value.length).fill(Object), Gateway, name);
  Object.defineProperty(Gateway, name, decorator(Gateway, name, method) ?? method);
}
for (const step of ['validateMessage', 'refuse']) decorate(step, DBOS.step());
for (const workflow of ['routeAgentMessage', 'provisionAgentWorkflow']) decorate(workflow, DBOS.workflow());

// Where its tables are is said otherwise by each of them, and not always asked: 1 takes one database for all, 2 and 3 have one beside the application's.
const major = Number(version.split('.')[0]);
DBOS.setConfig({
  name: 'openclaw', logLevel: 'error', runAdminServer: false,
  ...(major === 1 ? { poolConfig: { connectionString: url, ...parts }, system_database: parts.database, telemetry: { logs: { logLevel: 'error' } } }
    : major < 4 ? { databaseUrl: url }
    : { systemDatabaseUrl: url }),
});
await DBOS.launch();

const start = (workflowID) => DBOS.startWorkflow(Gateway, { workflowID });
await (await start('11111111-1111-4111-8111-111111111111').routeAgentMessage({ id: 'm1', from: 'owner', to: 'Ada', content: 'hello' })).getResult();
await (await start('22222222-2222-4222-8222-222222222222').provisionAgentWorkflow()).getResult().catch(() => {});
await start('under-way').routeAgentMessage({ id: 'm2', from: 'owner', to: 'Ada', content: 'pending "\\ text' });
await DBOS.send('under-way', 'unread', 'another topic');
process.exit(0);
