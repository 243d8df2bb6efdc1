// Verdicts of a closed period at level B, for five counts that must never be read wrongly.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { equal, must } from './checks.mjs';
import { Installation } from './installation.mjs';

const FROM = '2026-01-01';
const TO = '2026-03-31';
const TARGETS = [0.8, 0.85, 0.9, 0.95];
const ALL = (verdict) => TARGETS.map(() => verdict);

// Satisfied of answered, and the verdict against 80, 85, 90 and 95 %.
const CASES = [
  { unit: 'TN.X1', satisfied: 9, answered: 10, verdicts: ALL('undetermined') },
  { unit: 'TN.X2', satisfied: 27, answered: 30, verdicts: ALL('undetermined') },
  { unit: 'TN.X3', satisfied: 180, answered: 200, verdicts: ['met', 'undetermined', 'undetermined', 'not_met'] },
  { unit: 'TN.X4', satisfied: 200, answered: 200, verdicts: ALL('met') },
  { unit: 'TN.X5', satisfied: 0, answered: 5, verdicts: ALL('not_publishable') },
];

// Clopper-Pearson, 95 %: the interval that decides a closed count.
const INTERVALS = {
  'TN.X1': [0.5549839, 0.9974714],
  'TN.X2': [0.7347115, 0.9788829],
  'TN.X3': [0.8497872, 0.9378406],
  'TN.X4': [0.9817247, 1],
};

function responses() {
  const lines = ['point,day,channel,level,serial,reception,waiting,attitude,time,quality'];
  for (const { unit, satisfied, answered } of CASES) {
    for (let i = 0; i < answered; i += 1) {
      const day = new Date(Date.UTC(2026, 0, 5 + (i % 60))).toISOString().slice(0, 10);
      lines.push(`${unit}.Q1,${day},slip,B,${unit}-${i + 1},,,${i < satisfied ? 5 : 2},,`);
    }
  }
  return `${lines.join('\n')}\n`;
}

export default async function levels(checks) {
  const installation = await Installation.start();
  try {
    await installation.furnish();
    const file = join(installation.folder, 'responses.csv');
    writeFileSync(file, responses());
    const imported = await checks.that('answers of level B of a closed period are imported', async () => {
      await installation.command('import', 'responses', file);
      return true;
    });
    if (!imported) return;

    for (const { unit, satisfied, answered, verdicts } of CASES) {
      await checks.that(`${satisfied} of ${answered} at level B: ${[...new Set(verdicts)].join(', ')}`, async () => {
        const estimates = await installation.estimates(unit, FROM, TO);
        const found = estimates.filter((e) => e.level === 'B' && e.measure === 'attitude' && (e.statistic ?? 'share') === 'share');
        equal(found.length, 1, `figures of level B for “attitude” of ${unit}`);
        const [figure] = found;
        equal([figure.n, figure.basis], [answered, 'respondents'], 'n and basis');
        const said = TARGETS.map((target) => figure.verdicts.find((v) => Math.abs(v.target - target) < 1e-9)?.verdict);
        equal(said, verdicts, 'verdicts against 80, 85, 90, 95 %');
        const expected = INTERVALS[unit];
        if (expected) {
          must(Math.abs(figure.estimate - satisfied / answered) < 1e-12, `estimate ${figure.estimate}`);
          const near = ([low, high]) => Math.abs(low - expected[0]) < 1e-6 && Math.abs(high - expected[1]) < 1e-6;
          must(Object.values(figure.intervals).some(near), `no interval is Clopper-Pearson's ${expected}: ${JSON.stringify(figure.intervals)}`);
        }
      });
    }
    await checks.that('imported again, the same answers count once', async () => {
      await installation.command('import', 'responses', file).catch(() => undefined);
      const estimates = await installation.estimates('TN.X3', FROM, TO);
      equal(estimates.find((e) => e.level === 'B' && e.measure === 'attitude').n, 200, 'n');
    });
  } finally {
    await installation.stop();
  }
}
