// A person in front of a browser, who knows only labels and roles.

import { accessSync, constants, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { must } from './checks.mjs';

// The packages stay out of the tree: see `tests/run`.
const require = createRequire(join(resolve(process.env.BROWSER_MODULES ?? 'target/browser'), 'package.json'));
const { chromium } = require('playwright-core');
export const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const pictures = resolve(process.env.SCREENSHOTS ?? 'target/screenshots');

const FLAGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];

export const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true, locale: 'vi-VN' };
export const DESK = { viewport: { width: 1280, height: 800 }, locale: 'vi-VN' };
export const ZALO =
  'Mozilla/5.0 (Linux; Android 13; SM-A135F Build/TP1A.220624.014; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 ' +
  'Chrome/120.0.6099.144 Mobile Safari/537.36 Zalo android/12110684 ZaloTheme/light ZaloLanguage/vi';
export const ANDROID_5 =
  'Mozilla/5.0 (Linux; Android 5.1; A37f Build/LMY47V) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 ' +
  'Chrome/39.0.0.0 Mobile Safari/537.36';

export const QUESTIONS = {
  reception: 'Nơi đón tiếp',
  waiting: 'Thời gian chờ đến lượt',
  attitude: 'Thái độ phục vụ của cán bộ',
  time: 'Thời gian giải quyết hồ sơ',
  quality: 'Chất lượng giải quyết hồ sơ',
};
export const SEND = 'Gửi đánh giá';
export const THANKS = 'Cảm ơn Ông/Bà!';
const TALLEST = 5000;
const RECEIPT = /[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}/;

function executable(name) {
  for (const folder of (process.env.PATH ?? '').split(':')) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // not in this folder
    }
  }
  throw new Error(`${name} is not on the PATH`);
}

// A browser with a profile of its own, gone when it closes.
export async function openBrowser() {
  mkdirSync(pictures, { recursive: true });
  return chromium.launch({ executablePath: executable('chromium'), args: FLAGS, timeout: 60_000 });
}

// A new person: a page, and every address it asked for or showed.
export async function newPerson(browser, options = PHONE) {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(10_000);
  context.setDefaultNavigationTimeout(20_000);
  const page = await context.newPage();
  const addresses = [];
  const complaints = [];
  page.on('request', (request) => {
    addresses.push(request.url());
    const referrer = request.headers().referer;
    if (referrer) addresses.push(referrer);
  });
  page.on('framenavigated', (frame) => addresses.push(frame.url()));
  page.on('console', (message) => {
    // A page that answers 404 or 422 on purpose is reported by Chromium as a failed resource; everything else is a fault.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return { context, page, addresses, complaints };
}

export const question = (page, code) => page.getByRole('group', { name: QUESTIONS[code] });

// Taps (or clicks) a level of a question and sees that it is chosen.
export async function rate(page, code, level, { touch = true } = {}) {
  const group = question(page, code);
  const tile = group.getByText(level, { exact: true });
  if (touch) await tile.tap();
  else await tile.click();
  must(await group.getByRole('radio', { name: level, exact: true }).isChecked(), `${code}: “${level}” is not chosen after the tap`);
}

// Presses send and waits for the page that follows.
export async function send(page, { touch = true } = {}) {
  const button = page.getByRole('button', { name: SEND });
  await Promise.all([page.waitForEvent('load'), touch ? button.tap() : button.click()]);
}

// The receipt code on the thank-you page.
export async function readReceipt(page, thanks = THANKS) {
  await page.getByRole('heading', { name: thanks }).waitFor();
  const text = await page.locator('body').innerText();
  const found = RECEIPT.exec(text);
  must(found, `the thank-you page shows no receipt code:\n${text}`);
  return found[0];
}

// Pictures of the page as it is, at 360 and 1280 px; what is taller than a few screens is cut.
export async function picture(page, name) {
  const before = page.viewportSize();
  for (const [width, height] of [[360, 740], [1280, 800]]) {
    await page.setViewportSize({ width, height });
    const whole = await page.evaluate(() => document.documentElement.scrollHeight);
    const clip = { x: 0, y: 0, width, height: Math.min(whole, TALLEST) };
    await page.screenshot({ path: join(pictures, `${name}-${width}.png`), fullPage: true, clip });
  }
  await page.setViewportSize(before);
}
