// A person with an account in the office, who knows labels, headings and roles, and holds an authenticator and a sheet of
// recovery codes. Nothing here names an address but the links that people are handed.

import { createHmac } from 'node:crypto';
import { must } from './checks.mjs';
import { DESK, newPerson } from './person.mjs';

export const PASSWORD = 'con trâu đi trước cái cày';
// Seconds for which one code is good, and after which an act of weight asks for another.
const STEP = 30;
const ASKED_AGAIN = 5 * 60;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const AGAIN = 'Xác thực lại';

// The six digits of RFC 6238 for a key as the page shows it, in a step of thirty seconds.
export function oneTimeCode(key, step) {
  const bits = [...key].map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const secret = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const sum = createHmac('sha1', secret).update(counter).digest();
  const value = sum.readUInt32BE(sum[sum.length - 1] & 15) & 0x7fffffff;
  return String(value % 1_000_000).padStart(6, '0');
}

const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const stepNow = () => Math.floor(Date.now() / 1000 / STEP);

export class Officer {
  // `look` is told of every page this person comes to.
  static async come(browser, { name, email, options = DESK, look = async () => undefined }) {
    const self = Object.assign(new Officer(), { name, email, look, recovery: [], usedStep: 0, confirmedAt: 0 });
    Object.assign(self, await newPerson(browser, options));
    return self;
  }

  heading() {
    return this.page.getByRole('heading', { level: 1 }).innerText();
  }

  text() {
    return this.page.locator('body').innerText();
  }

  async sees(words) {
    const text = (await this.text()).replace(/\s+/g, ' ');
    must(words instanceof RegExp ? words.test(text) : text.includes(words), `${this.name} does not read “${words}” but:\n${text}`);
  }

  // Opens an address that was handed over.
  async opens(address) {
    const answer = await this.page.goto(address);
    return answer.status();
  }

  async fills(label, value) {
    await this.page.getByLabel(label, { exact: true }).fill(value);
  }

  async chooses(label, option) {
    await this.page.getByLabel(label, { exact: true }).selectOption({ label: option });
  }

  async arrives(act) {
    const [answer] = await Promise.all([this.page.waitForNavigation({ waitUntil: 'load' }), act()]);
    return answer?.status();
  }

  // Presses a button. The status of the page that follows.
  press(name) {
    return this.arrives(() => this.page.getByRole('button', { name, exact: typeof name === 'string' }).first().click());
  }

  follow(name, within = this.page.getByRole('main')) {
    return this.arrives(() => within.getByRole('link', { name, exact: typeof name === 'string' }).first().click());
  }

  menu() {
    return this.page.getByRole('navigation', { name: 'Trang quản trị' });
  }

  async entries() {
    return (await this.menu().getByRole('link').allInnerTexts()).map((text) => text.trim());
  }

  goes(entry) {
    return this.follow(entry, this.menu());
  }

  unfolds(words) {
    return this.page.getByText(words, { exact: true }).first().click();
  }

  // Activates an account: reads the key, chooses a password, enters the code the authenticator shows, keeps the paper.
  async activates(link) {
    await this.opens(link);
    await this.look(this.page, 'activation');
    const key = /nhập khóa này vào ứng dụng:\s*([A-Z2-7 ]+)/.exec(await this.text());
    must(key, `${this.name}: the page shows no key:\n${await this.text()}`);
    this.key = key[1].replaceAll(' ', '');
    if (await this.page.getByLabel('Địa chỉ thư điện tử').count() > 0) {
      await this.fills('Địa chỉ thư điện tử', this.email);
      await this.fills('Họ và tên', this.name);
    }
    await this.fills('Mật khẩu mới', PASSWORD);
    await this.fills('Nhập lại mật khẩu', PASSWORD);
    await this.fills('Mã xác thực', await this.code());
    await this.press('Kích hoạt');
    await this.sees('Tài khoản đã kích hoạt');
    await this.look(this.page, 'activated');
    this.recovery = (await this.page.getByRole('main').getByRole('listitem').allInnerTexts()).map((line) => line.trim());
    must(this.recovery.length === 10, `${this.name} is given ${this.recovery.length} recovery codes`);
    this.confirmedAt = Date.now();
    await this.follow('Vào khu vực quản trị');
    await this.sees(`Kính chào Ông/Bà ${this.name}`);
  }

  // The code the authenticator shows; each is good once, so that the next is waited for.
  async code() {
    while (stepNow() <= this.usedStep) await wait(500);
    this.usedStep = stepNow();
    return oneTimeCode(this.key, this.usedStep);
  }

  // An act of weight asks for a code when the last one is some minutes old: an answer is given from paper, or by telephone.
  async confirms({ paper = true } = {}) {
    if ((await this.heading()) !== AGAIN) return false;
    await this.look(this.page, 'confirm');
    await this.fills('Mã xác thực', paper ? this.recovery.pop() : await this.code());
    await this.press('Tiếp tục');
    this.confirmedAt = Date.now();
    return true;
  }

  // Lets time pass until an act of weight asks for a code.
  async waitsUntilAsked() {
    const until = this.confirmedAt + (ASKED_AGAIN + 2) * 1000;
    if (until > Date.now()) await wait(until - Date.now());
  }

  async signsIn(code) {
    await this.fills('Địa chỉ thư điện tử', this.email);
    await this.fills('Mật khẩu', PASSWORD);
    await this.fills('Mã xác thực', code);
    return this.press('Đăng nhập');
  }

  leaves() {
    return this.context.close();
  }
}
