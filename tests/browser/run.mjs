// Runs the browser checks: node tests/browser/run.mjs [NAME...]. Names: main-job first-page public levels long-form tickets dashboards office.

import { Checks } from './checks.mjs';
import { endAll } from './installation.mjs';
import { openBrowser } from './person.mjs';

const SCRIPTS = ['main-job', 'first-page', 'public', 'levels', 'long-form', 'tickets', 'dashboards', 'office'];
const MINUTES = 20;

const names = process.argv.length > 2 ? process.argv.slice(2) : SCRIPTS;
const unknown = names.filter((name) => !SCRIPTS.includes(name));
if (unknown.length > 0) {
  console.error(`run.mjs: no script “${unknown.join(', ')}”; there are: ${SCRIPTS.join(', ')}`);
  process.exit(2);
}
// However this ends, nothing it started stays behind.
process.on('exit', endAll);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1));
process.stdout.on('error', () => process.exit(1));

const within = (minutes, work) => {
  let timer;
  const bound = new Promise((_, fail) => {
    timer = setTimeout(() => fail(new Error(`not finished in ${minutes} minutes`)), minutes * 60_000);
  });
  return Promise.race([work, bound]).finally(() => clearTimeout(timer));
};

const checks = new Checks();
const browser = await openBrowser();
try {
  for (const name of names) {
    console.log(`# ${name}`);
    const began = Date.now();
    const { default: script } = await import(`./${name}.mjs`);
    try {
      await within(MINUTES, script(checks, browser));
    } catch (error) {
      await checks.that(`${name} runs to its end`, () => {
        throw error;
      });
    }
    console.log(`# ${name}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
  }
} finally {
  await browser.close().catch(() => undefined);
}
console.log(checks.summary());
process.exit(checks.failed > 0 || checks.passed === 0 ? 1 : 0);
