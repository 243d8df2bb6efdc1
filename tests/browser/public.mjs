// Every public page in both languages, held to every bar: pages.mjs has the pages, bars.mjs the bars.

import { axeFindings, enlarged, frameFaults, keyboardFaults, layoutFaults, motionFaults, printFaults, zoomed } from './bars.mjs';
import { must } from './checks.mjs';
import { PAGES, World, everyRouteHasALine } from './pages.mjs';
import { ANDROID_5, DESK, PHONE, ZALO, newPerson, picture } from './person.mjs';

// Pages that are looked at at the same time.
const AT_ONCE = 3;
const NARROW = { width: 320, height: 640 };
const MOST_REQUESTS = 2;

// What was found, bar by bar.
class Findings {
  bars = new Map();

  add(bar, name, faults) {
    if (!this.bars.has(bar)) this.bars.set(bar, { pages: 0, faults: [], ms: 0 });
    const found = this.bars.get(bar);
    found.pages += 1;
    found.faults.push(...faults.map((fault) => `${name}: ${fault}`));
  }
}

// One page in one language, from light to print.
async function lookAt(browser, world, line, lang, findings) {
  const name = `${line.name}-${lang}`;
  const visitor = await newPerson(browser, DESK);
  const { page } = visitor;
  const bar = async (text, work) => {
    const began = Date.now();
    try {
      findings.add(text, name, await work());
    } catch (error) {
      findings.add(text, name, [String(error?.message ?? error).split('\n')[0]]);
    }
    findings.bars.get(text).ms += Date.now() - began;
  };
  try {
    const asked = [];
    page.on('request', (request) => asked.push(request));
    await world.open(page, line, lang);
    // Pages that come after a form ask for the form first.
    if (!line.act) findings.add(`asks at most ${MOST_REQUESTS} times, only here`, name, asked.length <= MOST_REQUESTS
      && asked.every((one) => one.url().startsWith('data:') || one.url().startsWith(new URL(page.url()).origin)) ? [] : asked.map((one) => one.url()));
    const scripts = await page.evaluate(() => document.scripts.length);
    findings.add('works without JavaScript', name, scripts > 0 && !line.scripts ? [`${scripts} scripts`] : []);
    await bar('frame, language and title', () => frameFaults(page, lang));
    await page.setViewportSize({ width: 360, height: 740 });
    await bar('layout with letters twice as large, 360 px', () => enlarged(page, () => layoutFaults(page)));
    await page.setViewportSize(NARROW);
    await bar('layout at 320 px', () => layoutFaults(page));
    // What a page is made of is the same in both languages: each is seen by axe in its own light and width.
    if (lang === 'en' || line.brief) await bar('axe: 320 px, light', () => axeFindings(page));
    else await inDetail(page, line, bar, findings);
    findings.add('no fault in the browser', name, visitor.complaints);
  } catch (error) {
    findings.add('opens', name, [String(error?.message ?? error).split('\n')[0]]);
  } finally {
    await visitor.context.close();
  }
}

// What does not hang on the language.
async function inDetail(page, line, bar, findings) {
  await page.emulateMedia({ colorScheme: 'dark' });
  await bar('axe: Vietnamese, 320 px, dark', () => axeFindings(page));
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize(DESK.viewport);
  await bar('axe: Vietnamese, 1280 px, light', () => axeFindings(page));
  await bar('layout with letters twice as large, 1280 px', () => enlarged(page, () => layoutFaults(page)));
  await bar('layout at 200 % zoom', () => zoomed(page, DESK.viewport, () => layoutFaults(page)));
  await page.setViewportSize(DESK.viewport);
  await bar('keyboard: skip link, order, visible focus', () => keyboardFaults(page));
  await bar('reduced motion', () => motionFaults(page));
  await page.emulateMedia({ media: 'print' });
  await bar('axe: Vietnamese, printed', () => axeFindings(page));
  await page.emulateMedia({ media: null });
  await bar('printed: sheets, charts', async () => {
    const { faults, sheets } = await printFaults(page, line.pdf);
    findings.sheets.push(`${line.name} ${sheets}`);
    return faults;
  });
  await page.evaluate(() => document.activeElement?.blur());
  const began = Date.now();
  await picture(page, line.name);
  findings.pictures += Date.now() - began;
}

// The heading and the buttons of a page in another browser must be those of this one.
async function inOtherBrowsers(browser, world, findings) {
  const others = [
    ['without JavaScript', { ...PHONE, javaScriptEnabled: false }],
    ['in the browser of Zalo', { ...PHONE, userAgent: ZALO }],
    ['on a phone of the time of Android 5', { ...PHONE, userAgent: ANDROID_5, javaScriptEnabled: false }],
  ];
  const seen = async (page) => [await page.locator('h1').innerText(), await page.getByRole('button').allInnerTexts()];
  const lines = PAGES.filter((one) => !one.act);
  const walk = async (options) => {
    const { context, page } = await newPerson(browser, options);
    const found = [];
    for (const line of lines) {
      await page.goto(world.address(line, 'vi'));
      found.push(JSON.stringify(await seen(page)));
    }
    await context.close();
    return found;
  };
  const [usual, ...found] = await Promise.all([PHONE, ...others.map(([, options]) => options)].map(walk));
  others.forEach(([who], place) => lines.forEach((line, at) => {
    const [here, there] = [usual[at], found[place][at]];
    findings.add(`the same page ${who}`, line.name, here === there ? [] : [`${there} instead of ${here}`]);
  }));
}

export default async function publicPages(checks, browser) {
  await checks.that('every public route of the URL map has a line in the table of pages', () => {
    console.log(`        ${everyRouteHasALine()} routes, ${PAGES.length} pages`);
  });
  const world = await World.start();
  const findings = new Findings();
  findings.sheets = [];
  findings.pictures = 0;
  try {
    const waiting = PAGES.flatMap((line) => (line.langs ?? ['vi', 'en']).map((lang) => [line, lang]));
    const variants = waiting.length;
    const worker = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) await lookAt(browser, world, ...next, findings);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    await inOtherBrowsers(browser, world, findings);
    console.log(`        pictures ${(findings.pictures / 1000).toFixed(0)} s; ${variants} pages with their languages; sheets: ${findings.sheets.join(', ')}`);
    for (const [bar, { pages, faults, ms }] of findings.bars) {
      await checks.that(`${bar}: ${pages} pages${ms > 0 ? `, ${(ms / 1000).toFixed(0)} s` : ''}`, () => {
        const shown = faults.slice(0, 25);
        must(faults.length === 0, `${faults.length} faults\n${shown.join('\n')}${faults.length > shown.length ? '\n…' : ''}`);
      });
    }
  } finally {
    await world.stop();
  }
}
