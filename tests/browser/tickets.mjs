// One-time tickets as people meet them: the link of a message, three taps, a receipt; a link that somebody else used, one that
// is over, one that is wrong; and the slip that an officer prints.

import { equal, must } from './checks.mjs';
import { Installation, daysAgo } from './installation.mjs';
import { Look } from './office-bars.mjs';
import { codesOn, linkIn } from './office.mjs';
import { Officer } from './officer.mjs';
import { PHONE, newPerson, readReceipt } from './person.mjs';

const POINT = 'TN.X1.TT.Q1';
const CENTRE = 'TN.X1.TT';
const HEAD = 'number,point,received,returned,contact,contact_is_owner';
const RESULT = 'Việc giải quyết hồ sơ (sau khi trả kết quả)';

// What people read and press, in both languages.
const VI = {
  lang: 'vi',
  questions: ['Nơi đón tiếp', 'Thời gian chờ đến lượt', 'Thái độ phục vụ của cán bộ'],
  levels: ['Hài lòng', 'Bình thường', 'Rất hài lòng'],
  send: 'Gửi đánh giá',
  thanks: 'Cảm ơn Ông/Bà!',
  promise: 'Tải giấy hẹn niêm phong (tệp)',
  receipt: 'Nhập mã biên nhận',
  check: 'Kiểm tra',
  received: 'Đã nhận.',
  open: 'góp ý mở',
  used: 'Mã riêng đã được dùng',
  notMine: 'Tôi chưa trả lời phiếu này',
  asks: 'hệ thống ghi nhận rằng mã của Ông/Bà đã bị người khác dùng',
  cancel: 'Không, tôi nhớ ra đã trả lời',
  confirm: 'Xác nhận, tôi chưa trả lời',
  noted: 'Đã ghi nhận. Cảm ơn Ông/Bà đã báo.',
  openForm: 'Góp ý mở tại đây',
  over: 'Mã riêng đã hết hạn',
  withdrawn: 'Mã không còn hiệu lực',
  anyway: 'Vẫn góp ý',
  unknown: 'Không tìm thấy mã',
  find: 'Tìm cơ quan',
};
const EN = {
  lang: 'en',
  questions: ['The place where you were received', 'The time you waited for your turn', 'The attitude of the staff'],
  levels: ['Satisfied', 'Neutral', 'Very satisfied'],
  send: 'Send',
  thanks: 'Thank you!',
  promise: 'Download the promise to seal it (file)',
  receipt: 'Enter the receipt code',
  check: 'Check',
  received: 'Received.',
  open: 'open feedback',
  used: 'The personal code has been used',
  notMine: 'I have not answered this form',
  asks: 'the system records that someone else used your code',
  cancel: 'No, I remember answering',
  confirm: 'Confirm: I have not answered',
  noted: 'Recorded. Thank you for telling us.',
  openForm: 'Give open feedback here',
  over: 'The personal code has expired',
  withdrawn: 'The code is no longer valid',
  anyway: 'Answer anyway',
  unknown: 'Code not found',
  find: 'Find the office',
};
const WALKS = [
  { who: 'a phone of 360 px', name: 'PHONE', words: VI, options: PHONE, looks: true },
  { who: 'without JavaScript', name: 'PLAIN', words: VI, options: { ...PHONE, javaScriptEnabled: false } },
  { who: 'in English', name: 'ENGLISH', words: EN, options: PHONE, looks: true },
];
const contact = ({ name }, what) => `${name}.${what}@noi.vn`.toLowerCase();

// Somebody with a telephone.
class Citizen {
  static async come(browser, installation, { words, options, looks }, look) {
    const self = Object.assign(new Citizen(), { installation, words, ...(await newPerson(browser, options)) });
    self.look = (name) => (looks ? look(self.page, `${name}-${words.lang}`) : undefined);
    return self;
  }

  text() {
    return this.page.locator('body').innerText();
  }

  async reads(words) {
    const text = (await this.text()).replace(/\s+/g, ' ');
    must(text.includes(words), `“${words}” is not read but:\n${text}`);
  }

  heading() {
    return this.page.getByRole('heading', { level: 1 }).innerText();
  }

  // Opens an address as it was handed over, and goes on in the own language.
  async opens(link, status) {
    const answer = await this.page.goto(link);
    equal(answer.status(), status, 'status');
    if (this.words.lang === 'en') await this.follows('English');
  }

  async arrives(act) {
    const [answer] = await Promise.all([this.page.waitForNavigation({ waitUntil: 'load' }), act()]);
    return answer?.status();
  }

  follows(name) {
    return this.arrives(() => this.page.getByRole('link', { name, exact: true }).tap());
  }

  presses(name) {
    return this.arrives(() => this.page.getByRole('button', { name, exact: true }).tap());
  }

  // Three taps.
  async rates() {
    for (const [place, asked] of this.words.questions.entries()) {
      const [group, level] = [this.page.getByRole('group', { name: asked }), this.words.levels[place]];
      await group.getByText(level, { exact: true }).tap();
      must(await group.getByRole('radio', { name: level, exact: true }).isChecked(), `${asked}: “${level}” is not chosen after the tap`);
    }
  }

  // Answers the form in front; its receipt.
  async answers() {
    await this.rates();
    await this.presses(this.words.send);
    return readReceipt(this.page, this.words.thanks);
  }

  // What the receipt page says of a code.
  async checks(receipt) {
    await this.opens(`${this.installation.base}/bien-nhan`, 200);
    await this.page.getByLabel(this.words.receipt).fill(receipt);
    await this.presses(this.words.check);
    await this.reads(this.words.received);
    return this.text();
  }

  // A ticket stands in the address of its landing page and in no other that was asked for or named as referrer.
  keptIn(link) {
    const path = new URL(link).pathname;
    const elsewhere = this.addresses.filter((url) => url.includes(path.split('/').pop()) && new URL(url).pathname !== path);
    equal(elsewhere, [], 'other addresses with the ticket');
  }
}

// Dossiers of every walk: one to answer, one that is over, one that is withdrawn. The links by contact.
async function dossiers(installation) {
  await installation.bring('units', [
    'code,name,kind,parent,valid_from,valid_to,successors,admin_code',
    `${CENTRE},Trung tâm Phục vụ hành chính công xã Một,centre,TN.X1,2025-07-01,,,`,
  ]);
  await installation.bring('points', [
    'code,unit,name,kind,questionnaire,field,officers',
    `${POINT},${CENTRE},"Quầy số 1 · Hộ tịch, chứng thực",counter,counter,,2`,
  ]);
  const line = (walk, what, returned) => `${walk.name}-${what},${POINT},${daysAgo(60)},${returned},${contact(walk, what)},yes`;
  const links = await installation.dossiers([
    HEAD,
    ...WALKS.flatMap((walk) => [line(walk, 'GOOD', daysAgo(2)), line(walk, 'OVER', daysAgo(31)), line(walk, 'VOID', daysAgo(2))]),
    `SLIP,${POINT},${daysAgo(3)},,,`,
  ]);
  for (const walk of WALKS) await installation.command('ticket', 'withdraw', '--dossier', `${walk.name}-VOID`);
  return links;
}

// Answers of today on the staff's attitude by level.
async function levels(installation) {
  const found = (await installation.estimates(CENTRE, daysAgo(0), daysAgo(0)))
    .filter((one) => one.measure === 'attitude' && (one.statistic ?? 'share') === 'share' && one.domain === null && one.level !== 'headline');
  return Object.fromEntries(found.map((one) => [one.level, one.n]));
}

async function good(checks, citizen, { who }, link) {
  const { words } = citizen;
  const receipt = await checks.that(`${who}: the link of a message opens the form; three taps and one press lead to thanks and a receipt`, async () => {
    await citizen.opens(link, 200);
    await citizen.look('form');
    await citizen.rates();
    await citizen.look('form-filled');
    const code = await citizen.answers();
    await citizen.look('thanks');
    citizen.keptIn(link);
    return code;
  });
  if (!receipt) return;
  await checks.that(`${who}: the receipt page knows the form and does not call it open feedback`, async () => {
    must(!(await citizen.checks(receipt)).includes(words.open), 'a form with a good ticket is called open feedback');
    await citizen.look('receipt');
  });
}

async function used(checks, citizen, { who }, link) {
  const { words } = citizen;
  await checks.that(`${who}: a second tap on the link finds it used; whoever has not answered says so, and confirms`, async () => {
    await citizen.opens(link, 410);
    equal(await citizen.heading(), words.used, 'heading');
    await citizen.look('used');
    equal(await citizen.presses(words.notMine), 200, 'status of the question');
    await citizen.reads(words.asks);
    await citizen.look('dispute');
    equal(await citizen.follows(words.cancel), 410, 'status after “no”');
    await citizen.presses(words.notMine);
    equal(await citizen.presses(words.confirm), 200, 'status after the confirmation');
    await citizen.reads(words.noted);
    await citizen.look('disputed');
  });
  await checks.that(`${who}: they may answer with an open form; to the link itself nothing is told of the dispute`, async () => {
    equal(await citizen.follows(words.openForm), 200, 'status of the open form');
    const receipt = await citizen.answers();
    must((await citizen.checks(receipt)).includes(words.open), 'the open form is not called open feedback');
    await citizen.opens(link, 410);
    equal(await citizen.heading(), words.used, 'heading');
    await citizen.presses(words.notMine);
    await citizen.reads(words.asks);
    citizen.keptIn(link);
  });
}

async function lowered(checks, citizen, walk, installation) {
  const { words } = citizen;
  for (const [what, heading, name] of [['OVER', words.over, 'expired'], ['VOID', words.withdrawn, 'withdrawn']]) {
    await checks.that(`${walk.who}: a ticket that is ${name} says so, and its form is kept as open feedback`, async () => {
      const link = walk.links.get(contact(walk, what)) ?? await installation.slip(`${walk.name}-${what}`, POINT);
      await citizen.opens(link, 410);
      equal(await citizen.heading(), heading, 'heading');
      await citizen.reads(words.open);
      await citizen.look(name);
      equal(await citizen.presses(words.anyway), 200, 'status of the form');
      await citizen.look(`${name}-form`);
      const receipt = await citizen.answers();
      must((await citizen.checks(receipt)).includes(words.open), 'it is not called open feedback');
      citizen.keptIn(link);
    });
  }
}

async function wrong(checks, citizen, { who }, link) {
  const { words } = citizen;
  await checks.that(`${who}: a link with one letter altered, and one cut short, have a page that says what to do`, async () => {
    const [front, last] = [link.slice(0, -1), link.slice(-1)];
    for (const address of [`${front}${last === '2' ? '3' : '2'}`, front, `${citizen.installation.base}/p/khong-phai-ma`]) {
      await citizen.opens(address, 404);
      equal(await citizen.heading(), words.unknown, 'heading');
    }
    await citizen.look('unknown');
    equal(await citizen.follows(words.find), 200, 'status of the list of units');
  });
}

async function walked(checks, browser, installation, walk, look) {
  const link = walk.links.get(contact(walk, 'GOOD'));
  const citizen = await Citizen.come(browser, installation, walk, look);
  await good(checks, citizen, walk, link);
  await used(checks, citizen, walk, link);
  await lowered(checks, citizen, walk, installation);
  await wrong(checks, citizen, walk, link);
  await checks.that(`${walk.who}: no page had a fault in the browser`, () => equal(citizen.complaints, [], 'complaints'));
  await citizen.context.close();
}

async function slips(checks, browser, installation, look) {
  const email = 'quay@thunghiem.gov.vn';
  const name = 'Vũ Văn Phụ';
  const officer = await Officer.come(browser, { name, email, look: (page, what) => look(page, `office-${what}`) });
  await checks.that('an officer of a centre is refused a slip of a dossier nobody named, and told where', async () => {
    await officer.activates(linkIn(await installation.command('staff', 'add', email, '--name', name, '--role', 'unit_manager', '--unit', CENTRE)));
    await officer.goes('Phiếu mời');
    equal(await officer.menu().locator('[aria-current]').allInnerTexts(), ['Phiếu mời'], 'where the menu says one is');
    await officer.look(officer.page, 'slip-asked');
    await officer.fills('Mã hồ sơ', 'KHONG-CO');
    await officer.page.getByLabel(RESULT).check();
    equal(await officer.press('Xem và in'), 422, 'status');
    await officer.sees('Không có mã riêng của hồ sơ này');
    await officer.look(officer.page, 'slip-refused');
  });
  await checks.that('the slip of a dossier that was named is printed; its code opens the form, and once answered it is not printed again', async () => {
    await officer.fills('Mã hồ sơ', 'slip');
    equal(await officer.press('Xem và in'), 200, 'status');
    await officer.sees('PHIẾU MỜI ĐÁNH GIÁ');
    must(!/slip/i.test(await officer.text()), 'the slip shows the number of the dossier');
    await officer.look(officer.page, 'slip');
    const printed = await codesOn(installation, officer.page, 'slip');
    equal(printed, [await installation.slip('SLIP', POINT)], 'what the code of the slip says');
    const sheet = await officer.page.pdf({ format: 'A6', preferCSSPageSize: true });
    equal(sheet.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g).length, 1, 'sheets');
    const citizen = await Citizen.come(browser, installation, WALKS[0], look);
    await citizen.opens(printed[0], 200);
    await citizen.answers();
    citizen.keptIn(printed[0]);
    await citizen.context.close();
    await officer.follow('Quay lại');
    await officer.fills('Mã hồ sơ', 'SLIP');
    await officer.page.getByLabel(RESULT).check();
    equal(await officer.press('Xem và in'), 422, 'status of a second print');
    await officer.sees('đã được dùng');
  });
  equal(officer.complaints, [], 'complaints');
  await officer.leaves();
}

export default async function tickets(checks, browser) {
  const look = new Look('ticket');
  const installation = await Installation.start();
  try {
    await installation.furnish();
    const links = await checks.that('the daily file makes the tickets, and hands out a link for each that can be used', async () => {
      const made = await dossiers(installation);
      // What is over gets no message.
      equal([...made.keys()].sort(), WALKS.flatMap((walk) => [contact(walk, 'GOOD'), contact(walk, 'VOID')]).sort(), 'contacts with a link');
      return made;
    });
    if (!links) return;
    const [first, ...others] = WALKS;
    await walked(checks, browser, installation, { ...first, links }, look.at);
    await checks.that('a good ticket counts at its level, once; everything else is open feedback', async () => {
      equal(await levels(installation), { B: 1, D: 3 }, 'answers by level');
    });
    for (const walk of others) await walked(checks, browser, installation, { ...walk, links }, look.at);
    await slips(checks, browser, installation, look.at);
    await checks.that('three people who say “not by me” set the figure by tickets aside, and nothing else', async () => {
      equal(await levels(installation), { D: WALKS.length * 3 }, 'answers by level');
    });
    await checks.that(`axe in light and dark, layout at 320, 360 and 1280 px and with letters twice as large: ${look.seen.size} pages`, () => look.judge());
  } finally {
    await installation.stop();
  }
}
