// The office as the people of a new province use it: the first administrator, files of units and points, an account for
// every role, posters, a wrongly hung QR put right by two persons, a post handed over. They know labels and headings.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { equal, must } from './checks.mjs';
import { Installation, answerPlainly, codesIn, today } from './installation.mjs';
import { Look, reachedByKeyboard } from './office-bars.mjs';
import { asFile, badPoints, badUnits, points, units } from './office-files.mjs';
import { Officer } from './officer.mjs';
import { DESK, PHONE, newPerson } from './person.mjs';

const READ = ['Đơn vị', 'Điểm khảo sát, mã QR', 'Lĩnh vực, thủ tục', 'Khối lượng hồ sơ', 'Chỉ tiêu', 'Phiếu khảo sát'];
// Who prints has slips after the posters.
const PRINT = [...READ.slice(0, 2), 'Phiếu mời', ...READ.slice(2)];
const [FIGURES, REPORTS, ALERTS] = ['Số liệu', 'Báo cáo', 'Cảnh báo'];
const [DECISIONS, SIGNALS, ACCOUNTS, LOG] = ['Việc cần hai người duyệt', 'Tín hiệu', 'Tài khoản, phân quyền', 'Nhật ký'];
const [CASES, ACCUSATIONS] = ['Phản ánh, kiến nghị', 'Tố cáo, tiêu cực'];
const [LATE, OTHERS, SERIES] = ['Hồ sơ quá hạn', 'Chỉ số khác', 'Chuỗi số liệu'];
const [PUBLISHED, EXPORT] = ['Công bố', 'Xuất dữ liệu'];
// What the office does every week.
const WEEKLY = [FIGURES, REPORTS, ALERTS, CASES, LATE, OTHERS, SERIES];
const menu = (...entries) => ['Tổng quan', ...entries, 'Tài khoản của tôi', 'Trang công khai'];

const ADMINISTRATOR = { name: 'Lê Thị Quản Trị', email: 'quantri@thunghiem.gov.vn', menu: menu(...PRINT, ACCOUNTS, LOG) };
const HOME_AFFAIRS = 'Chủ trì đo lường (Sở Nội vụ)';
const CENTRE = 'Trung tâm Phục vụ hành chính công xã Suối Trong';
// Everybody else: their role, where they work, what they see, and their menu.
const STAFF = {
  home: { name: 'Nguyễn Văn Nội', role: HOME_AFFAIRS, unit: 'TN.SNV', scope: '', menu: menu(...WEEKLY, PUBLISHED, EXPORT, DECISIONS, SIGNALS, ...PRINT) },
  // Works in the rated unit: may never decide about it.
  inside: { name: 'Trần Thị Trung', role: HOME_AFFAIRS, unit: 'TN.X01.TT', scope: '', menu: menu(...WEEKLY, PUBLISHED, EXPORT, DECISIONS, SIGNALS, ...PRINT) },
  control: {
    name: 'Phạm Văn Kiểm', role: 'Kiểm soát thủ tục hành chính (Văn phòng UBND tỉnh)', unit: 'TN.VP', scope: '',
    menu: menu(...WEEKLY, PUBLISHED, EXPORT, DECISIONS, SIGNALS, ...PRINT),
  },
  leader: { name: 'Hoàng Thị Lãnh', role: 'Lãnh đạo', unit: 'TN', scope: '', menu: menu(FIGURES, REPORTS, ALERTS, CASES, OTHERS, SERIES, PUBLISHED, DECISIONS, SIGNALS, ...READ) },
  manager: { name: 'Vũ Văn Phụ', role: 'Phụ trách đơn vị', unit: 'TN.X01.TT', scope: 'TN.X01.TT', menu: menu(...WEEKLY, EXPORT, DECISIONS, ...PRINT) },
  interviewer: { name: 'Đỗ Thị Điều', role: 'Điều tra viên', unit: 'TN.SNV', scope: 'TN.X01', menu: menu() },
  entry: { name: 'Bùi Văn Nhập', role: 'Nhập số liệu', unit: 'TN.X01.TT', scope: 'TN.X01', menu: menu(...READ) },
  supervisor: {
    name: 'Ngô Thị Giám', role: 'Giám sát (Mặt trận Tổ quốc Việt Nam và các tổ chức thành viên)', unit: '', scope: '',
    menu: menu(FIGURES, ALERTS, OTHERS, SERIES, PUBLISHED, DECISIONS, SIGNALS, ...READ),
  },
  auditor: { name: 'Dương Văn Thanh', role: 'Kiểm tra, thanh tra', unit: '', scope: '', menu: menu(FIGURES, ALERTS, ACCUSATIONS, OTHERS, SERIES, PUBLISHED, EXPORT, DECISIONS, SIGNALS, ...READ, ACCOUNTS, LOG) },
};
const WRONG = { code: 'TN.X01.TT.Q1', name: 'Quầy số 1 · Hộ tịch, chứng thực' };
const RIGHT = { code: 'TN.X02.TT.Q1', unit: 'TN.X02.TT' };
const FORMS = 12;

// The link that a page or a program shows.
export const linkIn = (text) => {
  const found = /https?:\/\/\S+\/kich-hoat\/\S+/.exec(text);
  must(found, `there is no link in:\n${text}`);
  return found[0];
};

// What the start printed for the first administrator.
async function firstLink(installation) {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    if (/kich-hoat/.test(installation.log)) break;
    await new Promise((next) => setTimeout(next, 100));
  }
  return linkIn(installation.log);
}

async function firstAdministrator(checks, installation, browser, options, look) {
  const admin = await Officer.come(browser, { ...ADMINISTRATOR, options, look });
  await checks.that('the start prints a link; it opens the first account, with an authenticator and recovery codes', async () => {
    const link = await firstLink(installation);
    await admin.activates(link);
    equal(await admin.entries(), ADMINISTRATOR.menu, 'menu of the administrator');
    await look(admin.page, 'overview-empty');
    await admin.opens(link);
    await admin.sees('Liên kết không còn dùng được');
    await look(admin.page, 'link-used');
    await admin.follow('Vào khu vực quản trị');
    await admin.sees('Kính chào Ông/Bà');
  });
  return admin;
}

// Uploads a file on the page of a kind, and sees what is said of it.
async function upload(admin, entry, file) {
  await admin.goes('Tổng quan');
  await admin.follow('Nhập từ tệp');
  await admin.look(admin.page, 'imports');
  await admin.follow(entry);
  await admin.look(admin.page, `import-${file.name}`);
  await admin.page.getByLabel('Tệp cần nhập').setInputFiles(file);
  await admin.press('Kiểm tra tệp');
  await admin.look(admin.page, `import-checked-${file.name}`);
}

async function tables(checks, admin) {
  await checks.that('a file of units and one of points with faults: every bad line is told in Vietnamese, and nothing is stored', async () => {
    await upload(admin, 'Nhập đơn vị', asFile('units-bad.csv', badUnits()));
    await admin.sees('Các dòng lỗi');
    for (const line of [3, 4, 5]) await admin.sees(new RegExp(`\\b${line} (?:Cột|cột)?.*`));
    await admin.sees('TN.KHONG');
    equal(await admin.page.getByRole('button', { name: /^Nhập \d/ }).count(), 0, 'buttons that import a bad file');
  });
  for (const [entry, name, lines, bad] of [
    ['Nhập đơn vị', 'units.csv', units(), undefined],
    ['Nhập điểm khảo sát', 'points.csv', points(), badPoints()],
  ]) {
    const many = lines.length - 1;
    await checks.that(`${many} lines of ${name} are looked through, then imported by a second button`, async () => {
      if (bad) {
        await upload(admin, entry, asFile('points-bad.csv', bad));
        await admin.sees('TN.KHONG');
        await admin.sees('khong-co');
      }
      await upload(admin, entry, asFile(name, lines));
      await admin.sees('Chưa ghi gì');
      await admin.press(`Nhập ${many} dòng`);
      await admin.confirms();
      await admin.sees(new RegExp(`${many} dòng`));
      await admin.look(admin.page, `imported-${name}`);
    });
  }
}

async function invite(admin, person) {
  await admin.goes(ACCOUNTS);
  await admin.look(admin.page, 'accounts');
  await admin.follow('Cấp tài khoản mới');
  await admin.fills('Địa chỉ thư điện tử', person.email);
  await admin.fills('Họ và tên', person.name);
  await admin.fills('Đơn vị công tác', person.unit);
  await admin.chooses('Vai trò', person.role);
  await admin.fills('Phạm vi', person.scope);
  await admin.look(admin.page, 'invite');
  await admin.press('Cấp tài khoản');
  await admin.confirms();
  await admin.look(admin.page, 'invited');
  return linkIn(await admin.text());
}

// An account for everybody, each in a browser of their own.
async function everybody(checks, browser, admin, options, look) {
  await checks.that('an account without a role and of an unknown unit is refused, and says at which fields', async () => {
    await admin.goes(ACCOUNTS);
    await admin.follow('Cấp tài khoản mới');
    await admin.fills('Địa chỉ thư điện tử', 'không phải địa chỉ');
    await admin.fills('Đơn vị công tác', 'TN.KHONG');
    await admin.press('Cấp tài khoản');
    await admin.confirms();
    await admin.sees('Xin chọn một vai trò.');
    await admin.sees('Không có đơn vị nào mang mã này');
    await look(admin.page, 'invite-errors');
  });
  const staff = {};
  for (const [place, [who, person]] of Object.entries(STAFF).entries()) {
    await checks.that(`${person.role}: the administrator makes the account, the person activates it and sees the menu of the role`, async () => {
      const email = `canbo${place + 1}@thunghiem.gov.vn`;
      const link = await invite(admin, { ...person, email });
      const officer = await Officer.come(browser, { name: person.name, email, options, look });
      await officer.activates(link);
      staff[who] = officer;
      equal(await officer.entries(), person.menu, `menu of ${person.role}`);
    });
    await checks.that(`${person.role}: every page of the menu opens`, async () => {
      const officer = staff[who];
      const shut = [];
      for (const [at, entry] of person.menu.entries()) {
        const status = await officer.goes(entry);
        if (status !== 200) shut.push(`${entry}: ${status}`);
        else if (at < person.menu.length - 1) await look(officer.page, `${who}-${at}`);
        if (status !== 200 || at === person.menu.length - 1) await officer.page.goBack({ waitUntil: 'load' });
      }
      equal(shut, [], 'entries that do not open');
    });
  }
  return staff;
}

// The QR codes on a page as a reader sees them.
export async function codesOn(installation, page, name) {
  const image = join(installation.folder, `${name}.png`);
  writeFileSync(image, await page.screenshot({ fullPage: true }));
  return codesIn(image);
}

async function posters(checks, installation, browser, manager) {
  for (const size of ['A4', 'A5', 'A6']) {
    await checks.that(`posters of a whole centre, ${size}: every printed code opens the form of its counter`, async () => {
      await manager.goes('Điểm khảo sát, mã QR');
      await manager.follow('In áp phích');
      await manager.look(manager.page, 'posters-choose');
      const [own] = (await manager.page.getByLabel('Đơn vị', { exact: true }).getByRole('option').allInnerTexts()).filter((text) => text.includes(CENTRE));
      must(own, `${CENTRE} cannot be chosen`);
      await manager.chooses('Đơn vị', own);
      await manager.page.getByLabel(new RegExp(`^${size},`)).check();
      await manager.press('Xem và in');
      await manager.look(manager.page, `posters-${size}`);
      const codes = new Set(await codesOn(installation, manager.page, `posters-${size}`));
      equal(codes.size, 9, 'different codes');
      const citizen = await newPerson(browser, PHONE);
      const counters = [];
      for (const code of codes) {
        await citizen.page.goto(code);
        counters.push(/Quầy số \d/.exec(await citizen.page.locator('body').innerText())?.[0]);
      }
      await citizen.context.close();
      equal(counters.sort(), Array.from({ length: 9 }, (_, place) => `Quầy số ${place + 1}`), 'counters');
    });
    // A sheet has no menu.
    if (await manager.menu().count() === 0) await manager.follow('Quay lại');
  }
}

// First and last day of the last half-month that has ended: half-months end on the 14th and with the month.
function endedDays() {
  const [year, month, day] = today().split('-').map(Number);
  const iso = (...parts) => new Date(Date.UTC(...parts)).toISOString().slice(0, 10);
  return day >= 15
    ? { first: iso(year, month - 1, 1), last: iso(year, month - 1, 14) }
    : { first: iso(year, month - 2, 15), last: iso(year, month - 1, 0) };
}

async function answers(checks, installation, days) {
  await checks.that(`${FORMS} answers of today through the public form, and those of an ended half-month from paper; days are sealed`, async () => {
    const address = await installation.scan(WRONG.code);
    for (let sent = 0; sent < FORMS; sent += 1) await answerPlainly(address, { attitude: '4' });
    const line = (point, serial, level) => `${point},${serial % 2 ? days.first : days.last},paper,B,${point}-${serial},${Array(5).fill(level).join(',')}`;
    await installation.bring('responses', [
      'point,day,channel,level,serial,reception,waiting,attitude,time,quality',
      ...Array.from({ length: 40 }, (_, serial) => line(WRONG.code, serial, serial < 30 ? 2 : 5)),
      ...Array.from({ length: 40 }, (_, serial) => line(RIGHT.code, serial, 5)),
    ]);
    await installation.command('seal');
  });
}

async function propose(checks, home, days) {
  await checks.that('Home Affairs proposes to move the forms of the wrongly hung QR, and cannot approve it', async () => {
    await home.goes(DECISIONS);
    await home.follow('Chuyển phiếu do treo nhầm mã QR');
    await home.look(home.page, 'propose');
    await home.press('Trình phê duyệt');
    await home.sees('Xin chọn một lý do.');
    await home.look(home.page, 'propose-errors');
    await home.fills('Phiếu đang tính cho điểm (mã)', WRONG.code);
    await home.fills('Cần chuyển về điểm (mã)', RIGHT.code);
    await home.fills('Từ ngày', days.first);
    await home.fills('Đến hết ngày', days.last);
    await home.page.getByText('mã QR bị treo nhầm chỗ', { exact: true }).click();
    await home.fills(/^Ghi chú/, 'Tổ kiểm tra phát hiện khi đối chiếu áp phích tại quầy.');
    await home.press('Trình phê duyệt');
    await home.sees('Chờ phê duyệt');
    await home.sees('Cần một người thứ hai');
    equal(await home.page.getByRole('button', { name: 'Phê duyệt' }).count(), 0, 'buttons to approve one’s own proposal');
    await home.look(home.page, 'proposed');
  });
}

const openProposal = async (officer) => {
  await officer.goes(DECISIONS);
  await officer.look(officer.page, 'decisions');
  await officer.follow(/^Đề xuất số/);
};

async function decide(checks, installation, staff, browser) {
  await checks.that('somebody who works in the rated unit is refused', async () => {
    await openProposal(staff.inside);
    await staff.inside.press('Phê duyệt');
    await staff.inside.confirms();
    await staff.inside.sees('Đây là đơn vị của Ông/Bà');
    await staff.inside.look(staff.inside.page, 'refused-own-unit');
    await openProposal(staff.manager);
    equal(await staff.manager.page.getByRole('button', { name: 'Phê duyệt' }).count(), 0, 'buttons to approve, for the manager of the unit');
  });
  await checks.that('procedure control approves with a new one-time code, which is good once', async () => {
    const { control } = staff;
    await control.waitsUntilAsked();
    await openProposal(control);
    await control.look(control.page, 'decide');
    await control.press('Phê duyệt');
    equal(await control.heading(), 'Xác thực lại', 'what comes before an approval');
    await control.fills('Mã xác thực', await control.code());
    await control.press('Tiếp tục');
    await control.sees('Đã duyệt và thực hiện.');
    await control.sees('Đã phê duyệt');
    await control.look(control.page, 'approved');
  });
  await checks.that('the public page of the right unit shows the move', async () => {
    const citizen = await newPerson(browser, PHONE);
    const until = Date.now() + 30_000;
    const address = `${installation.base}/don-vi/${RIGHT.unit}`;
    let text = '';
    while (!/40 phiếu ghi nhận ở nơi khác/.test(text) && Date.now() < until) {
      await citizen.page.goto(address);
      text = await citizen.page.locator('body').innerText();
    }
    must(/40 phiếu ghi nhận ở nơi khác/.test(text), `the page says:\n${text}`);
    must(text.includes(WRONG.name), `the wrong counter is not named:\n${text}`);
    await citizen.context.close();
  });
  await checks.that('the log says who did what, and its chain is whole', async () => {
    const { auditor } = staff;
    await auditor.goes(LOG);
    for (const words of ['Đề xuất chuyển phiếu', 'Duyệt chuyển phiếu', 'Nhập tệp đơn vị', 'Kích hoạt tài khoản']) await auditor.sees(words);
    await auditor.look(auditor.page, 'log');
    await auditor.fills('Lọc theo người hoặc việc', staff.control.email);
    await auditor.press('Tìm');
    await auditor.sees('Duyệt chuyển phiếu');
    must(!(await auditor.text()).includes('Đề xuất chuyển phiếu'), 'the filter shows what somebody else did');
    await auditor.follow('Kiểm tra toàn bộ chuỗi');
    await auditor.sees(/Chuỗi nguyên vẹn: \d+ dòng/);
    await auditor.look(auditor.page, 'log-checked');
  });
}

async function handOver(checks, browser, admin, manager, look) {
  await checks.that('a post is handed over: the successor activates it, the predecessor is signed out', async () => {
    await admin.goes(ACCOUNTS);
    await admin.follow(STAFF.manager.name);
    await look(admin.page, 'account-folded');
    for (const fold of ['Giao thêm vai trò', 'Họ tên, đơn vị công tác', 'Liên kết mới', 'Bàn giao vị trí']) await admin.unfolds(fold);
    await look(admin.page, 'account');
    await admin.fills('Địa chỉ thư của người mới', 'ketiep@thunghiem.gov.vn');
    await admin.fills('Họ và tên người mới', 'Mai Thị Kế');
    await admin.press('Bàn giao');
    await admin.confirms();
    const successor = await Officer.come(browser, { name: 'Mai Thị Kế', email: 'ketiep@thunghiem.gov.vn', look });
    await successor.activates(linkIn(await admin.text()));
    equal(await successor.entries(), STAFF.manager.menu, 'menu of the successor');
    await manager.goes('Tổng quan');
    equal(await manager.heading(), 'Đăng nhập', 'what the predecessor sees');
    await look(manager.page, 'sign-in');
    await manager.signsIn(manager.recovery.pop());
    await manager.sees('Địa chỉ, mật khẩu hoặc mã xác thực không đúng.');
    await look(manager.page, 'sign-in-wrong');
    await successor.leaves();
  });
}

async function byKeyboard(checks, staff, admin) {
  for (const [what, who, way] of [
    ['signing in', staff.leader, async (leader) => { await leader.goes('Tổng quan'); await leader.press('Đăng xuất'); }],
    ['a new account', admin, async () => { await admin.goes(ACCOUNTS); await admin.follow('Cấp tài khoản mới'); }],
    ['a proposal', staff.home, async (home) => { await home.goes(DECISIONS); await home.follow('Chuyển phiếu do treo nhầm mã QR'); }],
  ]) {
    await checks.that(`${what}: the keyboard reaches every control in the order of the page`, async () => {
      await way(who);
      return reachedByKeyboard(who.page);
    });
  }
}

// The way of a new province up to its posters.
async function begin(checks, installation, browser, options, look) {
  const admin = await firstAdministrator(checks, installation, browser, options, look);
  await tables(checks, admin);
  const staff = await everybody(checks, browser, admin, options, look);
  return { admin, staff };
}

// The same without JavaScript, on a telephone.
async function plainly(checks, browser) {
  const named = { that: (sentence, body) => checks.that(`without JavaScript, on a phone: ${sentence}`, body) };
  const installation = await Installation.start();
  try {
    await begin(named, installation, browser, { ...PHONE, javaScriptEnabled: false }, async () => undefined);
  } finally {
    await installation.stop();
  }
}

export default async function office(checks, browser) {
  const look = new Look();
  const installation = await Installation.start();
  try {
    const { admin, staff } = await begin(checks, installation, browser, DESK, look.at);
    await posters(checks, installation, browser, staff.manager);
    const days = endedDays();
    await answers(checks, installation, days);
    await propose(checks, staff.home, days);
    await byKeyboard(checks, staff, admin);
    // An approval asks for a new code some minutes after the last one: they are not spent waiting.
    await plainly(checks, browser);
    await decide(checks, installation, staff, browser);
    await handOver(checks, browser, admin, staff.manager, look.at);
    await checks.that('the pages of the office ran without a fault in the browser', () => {
      equal([admin, ...Object.values(staff)].flatMap((one) => one.complaints), [], 'complaints');
    });
    await checks.that(`axe in light and dark, layout at 320, 360 and 1280 px and with letters twice as large: ${look.seen.size} pages of the office`, () => look.judge());
  } finally {
    await installation.stop();
  }
}
