// Five empty steps in DBOS: workflows a second at full load, and one at a time. Prints one line of JSON.
import { readFileSync } from 'node:fs';
import { DBOS } from '@dbos-inc/dbos-sdk';

const { version } = JSON.parse(readFileSync(new URL('node_modules/@dbos-inc/dbos-sdk/package.json', import.meta.url)));
const number = (name) => Number(process.env[name]);
const [warmup, duration, singles] = [number('BENCH_WARMUP_MS'), number('BENCH_LOAD_MS'), number('BENCH_SINGLES')];

const step = async () => null;
const fiveSteps = DBOS.registerWorkflow(async () => {
  for (let i = 1; i <= 5; i++) await DBOS.runStep(step, { name: `step${i}` });
}, { name: 'fiveSteps' });

DBOS.setConfig({ name: 'bench', systemDatabaseUrl: process.env.BENCH_DATABASE_URL, systemDatabasePoolSize: 20, logLevel: 'error', runAdminServer: false });
await DBOS.launch();

const delay = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const one = async () => (await DBOS.startWorkflow(fiveSteps)()).getResult();

async function fullLoad(inFlight) {
  let done = 0, over = false;
  const lanes = Array.from({ length: inFlight }, async () => { while (!over) { await one(); done++; } });
  await delay(warmup);
  const [before, start] = [done, performance.now()];
  await delay(duration);
  const perSecond = (done - before) / ((performance.now() - start) / 1000);
  over = true;
  await Promise.all(lanes);
  return perSecond;
}

for (let i = 0; i < singles / 5; i++) await one();
const times = [];
for (let i = 0; i < singles; i++) {
  const start = performance.now();
  await one();
  times.push(performance.now() - start);
}
times.sort((a, b) => a - b);
const at = (rank) => times[Math.min(times.length - 1, Math.floor(times.length * rank))];

let perSecond = 0;
for (const inFlight of [16, 64]) perSecond = Math.max(perSecond, await fullLoad(inFlight));

console.log(JSON.stringify({ version, perSecond, p50: at(0.5), p99: at(0.99) }));
await DBOS.shutdown();
process.exit(0);
