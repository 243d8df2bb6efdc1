// The main job as citizens do it: scan the printed code, tap three ratings, send, keep the receipt, check it.

import { equal, must } from './checks.mjs';
import { Installation, answerPlainly, today } from './installation.mjs';
import { ANDROID_5, PHONE, THANKS, ZALO, newPerson, picture, question, rate, readReceipt, send } from './person.mjs';

const MANY = 200;

// The figure of open feedback for the staff's attitude.
async function openFigure(installation, unit) {
  const day = today();
  const estimates = await installation.estimates(unit, day, day);
  const found = estimates.filter((e) => e.level === 'D' && e.measure === 'attitude' && (e.statistic ?? 'share') === 'share');
  equal(found.length, 1, `figures of level D for “attitude” of ${unit}`);
  return found[0];
}

const verdictsOf = (estimate) => [estimate.verdict, ...(estimate.verdicts ?? []).map((v) => v.verdict)].filter((v) => v != null);

async function threeTaps(page) {
  await rate(page, 'reception', 'Bình thường');
  await rate(page, 'waiting', 'Hài lòng');
  await rate(page, 'attitude', 'Rất hài lòng');
}

// Scans, answers, sends and reads the receipt; the receipt stands in no address.
async function oneAnswer(checks, installation, browser, { who, point, unit, options }) {
  const address = await installation.scan(point);
  const person = await newPerson(browser, options);
  await checks.that(`${who}: three taps and one press lead to thanks and a receipt code that stands in no address`, async () => {
    await person.page.goto(address);
    await threeTaps(person.page);
    await send(person.page);
    const receipt = await readReceipt(person.page);
    const plain = receipt.replaceAll('-', '');
    const seen = person.addresses.filter((url) => decodeURIComponent(url).replaceAll('-', '').toUpperCase().includes(plain));
    equal(seen, [], 'addresses with the receipt code');
  });
  await checks.that(`${who}: the answer is counted once`, async () => {
    equal((await openFigure(installation, unit)).n, 1, 'n');
  });
  await person.context.close();
}

export default async function mainJob(checks, browser) {
  const installation = await Installation.start();
  try {
    const furnished = await checks.that('units, points and targets are imported beside the running server', async () => {
      await installation.furnish();
      return true;
    });
    if (!furnished) return;

    const address = await checks.that('the printed code of a counter reads as the address of its form', async () => {
      const read = await installation.scan('TN.X1.Q1');
      must(read.startsWith(`${installation.base}/q/`), `the code reads as ${read}`);
      return read;
    });
    if (!address) return;

    const person = await newPerson(browser);
    const { page } = person;
    const receipt = await checks.that('a phone of 360 px: scan, tap three ratings, send: thanks and a receipt code', async () => {
      await page.goto(address);
      await threeTaps(page);
      await picture(page, 'form-filled');
      await send(page);
      const code = await readReceipt(page);
      await picture(page, 'thanks');
      return code;
    });
    if (receipt) {
      await checks.that('the receipt code stands in no address the browser asked for or showed', async () => {
        const plain = receipt.replaceAll('-', '');
        const seen = person.addresses.filter((url) => decodeURIComponent(url).replaceAll('-', '').toUpperCase().includes(plain));
        equal(seen, [], 'addresses');
      });
      await checks.that('going back and sending again stores once, and says so', async () => {
        await page.goBack({ waitUntil: 'load' });
        await threeTaps(page);
        await send(page);
        const text = await page.locator('body').innerText();
        must(/đã được ghi nhận trước đó/.test(text), `the page after the second sending says:\n${text}`);
        equal((await openFigure(installation, 'TN.X1')).n, 1, 'n');
      });
      await checks.that('the receipt page says that the answer was received', async () => {
        const other = await newPerson(browser);
        await other.page.goto(`${installation.base}/bien-nhan`);
        const field = other.page.getByLabel('Nhập mã biên nhận');
        await field.fill(receipt);
        await Promise.all([other.page.waitForEvent('load'), field.press('Enter')]);
        const text = await other.page.locator('body').innerText();
        must(/Đã nhận\./.test(text), `it says:\n${text}`);
        await picture(other.page, 'receipt-received');
        const seen = other.addresses.filter((url) => url.toUpperCase().includes(receipt.slice(0, 4)) && !url.includes('/q/'));
        equal(seen.filter((url) => url.toUpperCase().replaceAll('-', '').includes(receipt.replaceAll('-', ''))), [], 'addresses with the code');
        await other.context.close();
      });
    }
    await checks.that('the pages ran without a fault in the browser', async () => equal(person.complaints, [], 'complaints'));
    await person.context.close();

    await checks.that(`${MANY - 1} more answers by plain posts of the fields the form gave are accepted`, async () => {
      let left = MANY - 1;
      const sender = async () => {
        while (left > 0) {
          left -= 1;
          const reply = await answerPlainly(address, { reception: '4', attitude: left % 10 === 0 ? '2' : '5' });
          must(reply.headers.location, 'the answer to a post has no Location');
        }
      };
      await Promise.all(Array.from({ length: 8 }, sender));
    });
    await checks.that(`the figure counts ${MANY} answers at level D: open, without a verdict`, async () => {
      const figure = await openFigure(installation, 'TN.X1');
      equal([figure.n, figure.basis], [MANY, 'open'], 'n and basis');
      equal(verdictsOf(figure), [], 'verdicts');
    });

    const others = [
      { who: 'without JavaScript', point: 'TN.X2.Q1', unit: 'TN.X2', options: { ...PHONE, javaScriptEnabled: false } },
      { who: 'in the browser of Zalo', point: 'TN.X3.Q1', unit: 'TN.X3', options: { ...PHONE, userAgent: ZALO } },
      { who: 'on a phone of the time of Android 5', point: 'TN.X4.Q1', unit: 'TN.X4', options: { ...PHONE, userAgent: ANDROID_5, javaScriptEnabled: false } },
    ];
    for (const other of others) {
      await checks.that(`${other.who}: the whole way is walked`, () => oneAnswer(checks, installation, browser, other));
    }

    await checks.that('sending nothing stores nothing, and the page says what to do', async () => {
      const late = await newPerson(browser);
      await late.page.goto(await installation.scan('TN.X5.Q1'));
      await send(late.page);
      const text = await late.page.locator('body').innerText();
      must(/Xin trả lời ít nhất một câu\./.test(text), `it says:\n${text}`);
      must((await late.page.title()).startsWith('Lỗi:'), `the title is “${await late.page.title()}”`);
      await rate(late.page, 'quality', 'Không hài lòng');
      must(await question(late.page, 'quality').isVisible(), 'the question is gone');
      await send(late.page);
      await late.page.getByRole('heading', { name: THANKS }).waitFor();
      await late.context.close();
    });
  } finally {
    await installation.stop();
  }
}
