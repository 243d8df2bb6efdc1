// The first page is light and the keyboard alone fills it; what is wrong with a form is said where it is.

import { equal, must } from './checks.mjs';
import { Installation } from './installation.mjs';
import { DESK, SEND, THANKS, newPerson, question, rate, send } from './person.mjs';

const MOST_REQUESTS = 2;
const MOST_BYTES = 15_000;
const SMALLEST_TILE = 48;

// Loads a page with an empty cache and measures what crosses the wire, headers included.
async function weigh(page, address) {
  const wire = await page.context().newCDPSession(page);
  await wire.send('Network.enable');
  await wire.send('Network.setCacheDisabled', { cacheDisabled: true });
  const asked = new Map();
  wire.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (request.url.startsWith('http')) asked.set(requestId, { url: request.url, bytes: 0 });
  });
  wire.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (asked.has(requestId)) asked.get(requestId).bytes = encodedDataLength;
  });
  await page.goto(address, { waitUntil: 'networkidle' });
  await wire.detach();
  return [...asked.values()];
}

// What has the focus: its group's legend and its own label, or its text.
const focused = (page) => page.evaluate(() => {
  const element = document.activeElement;
  const label = element.labels?.[0]?.innerText ?? element.innerText ?? '';
  const legend = element.closest('fieldset')?.querySelector('legend')?.innerText ?? '';
  return { tag: element.tagName, type: element.type ?? '', label: label.trim(), legend: legend.trim(), checked: element.checked === true };
});

// Presses Tab until `wanted` says yes of what has the focus.
async function tabTo(page, wanted, what) {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    const now = await focused(page);
    if (wanted(now)) return now;
  }
  throw new Error(`60 presses of Tab do not reach ${what}`);
}

async function byKeyboard(page, address) {
  await page.goto(address);
  for (const [legend, steps] of [['Nơi đón tiếp', 3], ['Thái độ phục vụ của cán bộ', 4], ['Chất lượng giải quyết hồ sơ', 2]]) {
    await tabTo(page, (now) => now.type === 'radio' && now.legend.startsWith(legend), `“${legend}”`);
    await page.keyboard.press('Space');
    for (let step = 0; step < steps; step += 1) await page.keyboard.press('ArrowDown');
    const now = await focused(page);
    must(now.checked && now.legend.startsWith(legend), `Space and arrows choose nothing in “${legend}”: ${JSON.stringify(now)}`);
  }
  await tabTo(page, (now) => now.label === SEND, 'the button');
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  await page.getByRole('heading', { name: THANKS }).waitFor();
}

export default async function firstPage(checks, browser) {
  const installation = await Installation.start();
  try {
    await installation.furnish();
    const form = await installation.scan('TN.X1.Q1');

    const weighed = await newPerson(browser);
    await checks.that(`the first page asks at most ${MOST_REQUESTS} times and at most ${MOST_BYTES} bytes on the wire`, async () => {
      const asked = await weigh(weighed.page, form);
      const bytes = asked.reduce((sum, { bytes: part }) => sum + part, 0);
      console.log(`        ${asked.length} requests, ${bytes} bytes: ${asked.map((a) => `${new URL(a.url).pathname} ${a.bytes}`).join(', ')}`);
      must(asked.length >= 1 && asked.length <= MOST_REQUESTS, `${asked.length} requests: ${asked.map((a) => a.url).join(' ')}`);
      must(asked.every((a) => a.bytes > 0), 'a request was not measured');
      must(bytes <= MOST_BYTES, `${bytes} bytes`);
    });
    await checks.that('the icon of the page needs no request of its own', async () => {
      const icon = await weighed.page.locator('link[rel~="icon"]').getAttribute('href');
      must(icon?.startsWith('data:'), `the icon is at ${icon}`);
    });
    await checks.that(`nothing is chosen beforehand, and every tile is at least ${SMALLEST_TILE} px high at 360 px`, async () => {
      equal(await weighed.page.getByRole('radio', { checked: true }).count(), 0, 'radios chosen beforehand');
      const low = await weighed.page.evaluate((least) => [...document.querySelectorAll('input[type=radio]')]
        .map((radio) => [radio.labels?.[0]?.innerText, radio.labels?.[0]?.getBoundingClientRect().height ?? 0])
        .filter(([, height]) => height < least), SMALLEST_TILE);
      equal(low, [], 'tiles that are too low');
    });
    await weighed.context.close();

    const typing = await newPerson(browser, DESK);
    await checks.that('the keyboard alone fills and sends the form', () => byKeyboard(typing.page, form));
    await checks.that('after an empty sending the summary of errors has the focus', async () => {
      await typing.page.goto(form);
      await send(typing.page, { touch: false });
      const text = await typing.page.evaluate(() => document.activeElement.innerText ?? '');
      must(text.includes('Phiếu chưa gửi được'), `the focus is on “${text.slice(0, 80)}”`);
    });
    await checks.that('a level that was chosen is still chosen when the page comes back with an error', async () => {
      await typing.page.goto(form);
      await rate(typing.page, 'waiting', 'Bình thường', { touch: false });
      await typing.page.locator('textarea').fill('x'.repeat(20_000));
      await send(typing.page, { touch: false });
      must((await typing.page.title()).startsWith('Lỗi:'), `the title is “${await typing.page.title()}”`);
      const kept = question(typing.page, 'waiting').getByRole('radio', { name: 'Bình thường', exact: true });
      must(await kept.isChecked(), 'the level is lost');
    });
    await typing.context.close();
  } finally {
    await installation.stop();
  }
}
