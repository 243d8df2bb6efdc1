// A long form part by part: on the narrowest screen, for axe, there and back.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { equal, must } from './checks.mjs';
import { Installation } from './installation.mjs';
import { axeFindings, layoutFaults } from './bars.mjs';
import { PHONE, SEND, newPerson, picture, readReceipt } from './person.mjs';

const NARROW = { ...PHONE, viewport: { width: 320, height: 568 } };
const SMALLEST_TILE = 48;
const FORMS = [
  { code: 'DAI.1', questionnaire: 'sipas_2017', parts: 6, name: 'long-form-2017' },
  { code: 'DAI.2', questionnaire: 'sipas_policy_service', parts: 13, name: 'long-form-policy' },
];

const press = (page, name) => Promise.all([page.waitForEvent('load'), page.getByRole('button', { name, exact: true }).tap()]);

// What a part has to be on a narrow screen.
async function looked(page, part, parts) {
  await page.getByText(`Phần ${part} trên ${parts}`, { exact: true }).waitFor();
  must((await page.title()).startsWith(`Phần ${part} trên ${parts}`), `the title does not say the part: ${await page.title()}`);
  equal(await layoutFaults(page), [], `faults of part ${part} at 320 px`);
  equal(await axeFindings(page), [], `findings of axe on part ${part}`);
  const low = await page.$$eval('fieldset label', (tiles) => Math.min(...tiles.map((tile) => tile.getBoundingClientRect().height), 99));
  must(low >= SMALLEST_TILE, `a tile of part ${part} is ${low} px high`);
}

export default async function longForm(checks, browser) {
  const installation = await Installation.start();
  try {
    await installation.furnish();
    const file = join(installation.folder, 'long.csv');
    const lines = FORMS.map(({ code, questionnaire }) => `${code},TN.X1,Phiếu dài ${code},web,${questionnaire},,3\n`);
    writeFileSync(file, `code,unit,name,kind,questionnaire,field,officers\n${lines.join('')}`);
    await installation.command('import', 'points', file);
    for (const { code, parts, name } of FORMS) {
      await checks.that(`${name}: every part fits 320 px, axe finds nothing, and answers survive the way back`, async () => {
        const { context, page, complaints } = await newPerson(browser, NARROW);
        await page.goto(await installation.scan(code));
        const experienced = page.getByRole('group', { name: 'Giải quyết thủ tục hành chính' }).getByText('Đã từng/Có', { exact: true });
        for (let part = 1; part < parts; part += 1) {
          await looked(page, part, parts);
          if (part <= 2) await picture(page, `${name}-${part}`);
          const first = page.locator('fieldset').first();
          await first.locator('label').nth(1).tap();
          if (await experienced.count()) await experienced.tap();
          await press(page, 'Tiếp');
          if (part === 2) {
            await press(page, 'Quay lại');
            const kept = await page.locator('fieldset').first().locator('input').nth(1).isChecked();
            must(kept, 'what was chosen on part 2 is not there after going back');
            await press(page, 'Tiếp');
          }
        }
        await looked(page, parts, parts);
        await press(page, SEND);
        await readReceipt(page);
        equal(complaints, [], 'complaints of the browser');
        await context.close();
      });
    }
    await checks.that('who has no experience of procedures is not asked about them, and the form says how far it is', async () => {
      const { context, page } = await newPerson(browser, NARROW);
      await page.goto(await installation.scan('DAI.2'));
      await press(page, 'Tiếp');
      await press(page, 'Tiếp');
      await page.getByRole('group', { name: 'Giải quyết thủ tục hành chính' }).getByText('Chưa từng/Không có', { exact: true }).tap();
      await press(page, 'Tiếp');
      await page.getByText('Phần 4 trên 8', { exact: true }).waitFor();
      for (let part = 4; part < 7; part += 1) await press(page, 'Tiếp');
      await page.getByRole('heading', { name: 'Nhu cầu, mong đợi' }).waitFor();
      await press(page, 'Quay lại');
      await page.getByRole('heading', { name: 'Kết quả, tác động của chính sách' }).waitFor();
      await context.close();
    });
  } finally {
    await installation.stop();
  }
}
