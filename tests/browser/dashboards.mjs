// What the office does every week: a dashboard is read, narrowed and handed on; a case is answered in time and late; an apology
// is drafted; the letter of the week is read from a mail server. People know labels and roles alone.

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { equal, must } from './checks.mjs';
import { Installation, answerPlainly, run } from './installation.mjs';
import { Look } from './office-bars.mjs';
import { linkIn } from './office.mjs';
import { Officer } from './officer.mjs';
import { DESK, PHONE, newPerson } from './person.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const WARD = 'UBND phường Cầu Vồng';
const PEOPLE = {
  home: { name: 'Nguyễn Văn Nội', role: 'home_affairs', unit: 'MH.SNV', scope: 'MH' },
  control: { name: 'Phạm Văn Kiểm', role: 'procedure_control', unit: 'MH.VP', scope: 'MH' },
  leader: { name: 'Hoàng Thị Lãnh', role: 'leader', unit: 'MH', scope: 'MH', options: PHONE },
  ward: { name: 'Vũ Văn Phường', role: 'unit_manager', unit: 'MH.P01', scope: 'MH.P01' },
  centre: { name: 'Trần Thị Trung', role: 'unit_manager', unit: 'MH.P01.TT', scope: 'MH.P01.TT', options: PHONE },
  supervisor: { name: 'Ngô Thị Giám', role: 'supervisor', unit: 'MH.SDTTG', scope: 'MH' },
  auditor: { name: 'Dương Văn Thanh', role: 'auditor', unit: 'MH.STP', scope: 'MH' },
};
const COMPLAINT = 'Trời mưa mái dột ướt hết ghế, đứng chờ cả buổi chiều không có chỗ ngồi.';
const TASK = 'Khu vực chờ chật vào giờ cao điểm, chỗ ngồi chưa đủ.';
const ANSWER = 'Đã kê thêm ghế, mở thêm một quầy vào giờ cao điểm.';
const LATE_ANSWER = 'Đã rà soát khâu chậm và nhắc nhở bộ phận liên quan.';

// A mail server that keeps every letter as a file; none where no Python has aiosmtpd.
async function mailServer(folder) {
  mkdirSync(folder);
  for (const python of ['python3', '/usr/bin/python3']) {
    const probe = await run(python, ['-c', 'import aiosmtpd']).catch(() => ({ code: 1 }));
    if (probe.code !== 0) continue;
    const child = spawn(python, [join(here, '../it/mail/server.py'), '127.0.0.1', folder, ''], { stdio: ['ignore', 'pipe', 'ignore'] });
    const port = await new Promise((done) => child.stdout.once('data', (line) => done(Number(line))));
    return { port, stop: () => child.kill() };
  }
  return undefined;
}

// The letters to an address, with their encodings undone.
function lettersTo(folder, address) {
  const letters = readdirSync(folder).filter((name) => !name.startsWith('.')).map((name) => readFileSync(join(folder, name), 'utf8'));
  return letters.filter((letter) => letter.split('\n')[0].includes(address)).map((letter) => {
    const [head, ...body] = letter.slice(letter.indexOf('\n') + 1).split(/\r?\n\r?\n/);
    const text = body.join('\n\n');
    const plain = /base64/i.test(head) ? Buffer.from(text, 'base64').toString('utf8')
      : Buffer.from(text.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16))), 'latin1').toString('utf8');
    const subject = (/^Subject: ((?:.|\r?\n[ \t])*)/m.exec(head)?.[1] ?? '').replace(/\r?\n[ \t]+/g, ' ')
      .replace(/\?=\s+=\?/g, '?==?').replace(/=\?utf-8\?b\?([^?]*)\?=/gi, (_, code) => Buffer.from(code, 'base64').toString('utf8'));
    return { subject, text: plain };
  });
}

async function everybody(checks, browser, installation) {
  const staff = {};
  await checks.that('seven people with seven roles activate their accounts', async () => {
    for (const [who, { name, role, unit, scope, options = DESK }] of Object.entries(PEOPLE)) {
      const email = `${who}@thunghiem.gov.vn`;
      const said = await installation.command('staff', 'add', email, '--name', name, '--role', role, '--unit', unit, '--scope', scope);
      staff[who] = await Officer.come(browser, { name, email, options });
      await staff[who].activates(linkIn(said));
    }
  });
  return staff;
}

async function dashboards(checks, browser, staff, look) {
  const { home, leader, ward, supervisor } = staff;
  const ADDRESS = 'Đường dẫn của trang với các lựa chọn này';
  let sent;
  await checks.that('Home Affairs reads the province: this year against the target, groups first, and what stands beside', async () => {
    await look(home.page, 'overview');
    await home.sees('Việc cần làm');
    await home.goes('Số liệu');
    equal(await home.heading(), 'UBND tỉnh Minh Họa', 'heading');
    for (const part of [
      'Chưa đạt chỉ tiêu 91%.', 'khoảng tin cậy 95% từ', 'Theo nhóm đơn vị (gộp)', 'Diễn biến theo tháng', 'Tiêu chí × đơn vị',
      'Đơn vị và số phiếu: trong phễu là dao động ngẫu nhiên', 'Khoảng thứ hạng', 'Tầm quan trọng và mức độ hài lòng',
      'Đã phục vụ, đã mời, đã trả lời', 'Nơi tiếp nhận và cơ quan giải quyết', 'Thời gian chờ', 'Phản ánh, kiến nghị', 'Hồ sơ quá hạn',
      'Hai con số đo hai việc khác nhau', 'Nguồn: UBND tỉnh Minh Họa.',
    ]) await home.sees(part);
    await look(home.page, 'province');
  });
  await checks.that('it is narrowed to one source, one field, one group and a quarter, and the address says all of it', async () => {
    await home.chooses('Kỳ', 'Quý III/2026');
    await home.chooses('Nguồn', 'Mã riêng theo hồ sơ, mỗi hồ sơ một lần');
    await home.chooses('Lĩnh vực', 'Hộ tịch');
    await home.chooses('Nhóm đơn vị', 'Xã, phường, đặc khu');
    await home.press('Xem số liệu');
    for (const part of ['Chỉ các phiếu biết hồ sơ thuộc lĩnh vực Hộ tịch.', 'Chỉ nguồn: Mã riêng theo hồ sơ', 'Quý III/2026 (từ 15/6/2026 đến 14/9/2026)']) await home.sees(part);
    must(!(await home.text()).includes('Sở, ban, ngành ('), 'departments are shown among communes');
    await home.unfolds('Gửi trang này cho đồng nghiệp');
    sent = await home.page.getByLabel(ADDRESS).inputValue();
    for (const word of ['ky=2026-q3', 'nguon=B', 'linh-vuc=', 'nhom=xa', 'don-vi=MH']) must(sent.includes(word), `${word} is not in ${sent}`);
    await look(home.page, 'narrowed');
  });
  await checks.that('a leader opens the address that was sent and reads the same figure; a manager of a ward does not', async () => {
    const figure = (officer) => officer.page.locator('section').filter({ has: officer.page.getByRole('heading', { level: 2, name: /^Mức độ hài lòng về giải quyết/ }) }).first().innerText();
    equal(await leader.opens(sent), 200, 'status for the leader');
    equal((await figure(leader)).replace(/\s+/g, ' '), (await figure(home)).replace(/\s+/g, ' '), 'the figure');
    equal(await ward.opens(sent), 404, 'status for the manager of a ward');
    await ward.follow(/Tổng quan|quản trị|Trang/, ward.page.locator('body'));
  });
  await checks.that('a manager reads the own ward and its centre, and the units that can be chosen are those alone', async () => {
    await ward.goes('Số liệu');
    equal(await ward.heading(), WARD, 'heading');
    const units = await ward.page.getByLabel('Đơn vị', { exact: true }).getByRole('option').allInnerTexts();
    must(units.length >= 2 && units.every((unit) => /Cầu Vồng/.test(unit)), units.join(' | '));
    await look(ward.page, 'ward');
  });
  await checks.that('on a telephone a leader reads a unit with few answers in plain words, over a rolling year', async () => {
    await leader.goes('Số liệu');
    await leader.chooses('Đơn vị', '– Sở Tư pháp');
    await leader.page.getByLabel('Kỳ', { exact: true }).selectOption({ index: 2 });
    await leader.press('Xem số liệu');
    await leader.sees('12 tháng gần nhất');
    await leader.sees('Kỳ này trôi theo ngày');
    await look(leader.page, 'few');
  });
  await checks.that('the supervisor reads figures and alerts, and finds neither cases nor late applications in the menu', async () => {
    const entries = await supervisor.entries();
    must(entries.includes('Số liệu') && !entries.includes('Phản ánh, kiến nghị') && !entries.includes('Hồ sơ quá hạn'), entries.join(' | '));
    await supervisor.goes('Cảnh báo');
    await supervisor.sees('chưa phải kết luận');
    await look(supervisor.page, 'alerts');
    await supervisor.chooses('Hiển thị', 'Tất cả nơi được xem');
    await supervisor.press('Xem');
    await look(supervisor.page, 'alerts-all');
  });
  await checks.that('in black and white on paper the page has its figures and no form', async () => {
    await home.opens(sent.replace(/&nguon=.*/, ''));
    await home.page.emulateMedia({ media: 'print', forcedColors: 'none', colorScheme: 'light' });
    must(!(await home.page.getByRole('button', { name: 'Xem số liệu' }).isVisible()), 'the form is printed');
    const file = join(home.pictures, 'dashboards-print.pdf');
    await home.page.pdf({ path: file, format: 'A4' });
    must(existsSync(file) && readFileSync(file).length > 20_000, 'there is no sheet');
    await home.page.emulateMedia({ media: null });
  });
}

// Opens a part of the page that may be folded.
async function opened(officer, words) {
  const summary = officer.page.locator('summary', { hasText: words }).first();
  if ((await summary.count()) > 0 && !(await summary.evaluate((one) => one.parentElement.open))) await summary.click();
}

const CODE = /^PA-[0-9A-Z]{4}-[0-9A-Z]{4}$/;

async function cases(checks, browser, installation, staff, look) {
  const { home, ward, centre, auditor } = staff;
  let address;
  await checks.that('somebody rates a counter of the ward badly and says why', async () => {
    const list = await installation.command('point', 'list');
    const counter = list.split('\n').map((line) => line.split('\t')).find(([code, unit]) => unit === 'MH.P01.TT' && code.includes('.Q'));
    must(counter, list);
    await answerPlainly(`${installation.base}/q/${counter[counter.length - 1].trim().split('/').pop()}`, { attitude: '1', comment: COMPLAINT });
  });
  await checks.that('Home Affairs charges a centre with a new case in general words; the words of the comment are refused', async () => {
    await home.goes('Phản ánh, kiến nghị');
    await look(home.page, 'cases');
    await home.chooses('Tình trạng', 'Mới');
    await home.fills('Đơn vị (mã), gồm cả cấp dưới', 'MH.P01');
    await home.press('Xem');
    // Cases open within a minute of the form.
    const row = () => home.page.getByRole('row').filter({ hasText: COMPLAINT });
    for (let attempt = 0; attempt < 90 && (await row().count()) === 0; attempt += 1) {
      await new Promise((next) => setTimeout(next, 1000));
      await home.page.reload();
    }
    await home.follow(CODE, row().first());
    address = home.page.url();
    await look(home.page, 'case');
    equal(await centre.opens(address), 404, 'status for the rated centre before it is charged');
    const comment = (await home.page.getByRole('blockquote').innerText()).trim();
    await opened(home, 'Giao xử lý');
    await home.page.getByRole('radio', { name: 'Quy định, thủ tục' }).check();
    await home.fills('Đơn vị xử lý (mã)', 'MH.P01.TT');
    if (comment.split(/\s+/).length >= 6) {
      await home.fills('Nội dung khái quát', `Người dân viết: ${comment}`);
      await home.press('Giao xử lý');
      await home.sees('lặp lại từ 6 từ');
    }
    await home.fills('Nội dung khái quát', TASK);
    await home.press('Giao xử lý');
    await home.sees('Đang xử lý');
    await look(home.page, 'case-charged');
  });
  await checks.that('the ward above reads comment and task, the rated centre the task alone, and answers in time', async () => {
    equal(await ward.opens(address), 200, 'status for the ward');
    equal(await ward.page.getByRole('blockquote').count(), 1, 'comments shown to the level above');
    equal(await centre.opens(address), 200, 'status for the centre that was charged');
    await centre.sees(TASK);
    equal(await centre.page.getByRole('blockquote').count(), 0, 'comments shown to the rated centre');
    await look(centre.page, 'case-task');
    await opened(centre, 'Trả lời');
    await centre.page.getByRole('textbox', { name: 'Trả lời' }).fill(ANSWER);
    await centre.press('Lưu và công khai');
    await centre.sees('Đã trả lời');
    must(!(await centre.text()).includes('Trả lời quá hạn'), 'an answer in time is called late');
  });
  await checks.that('everybody reads task and answer on the page of the centre, without a day', async () => {
    const { page, context } = await newPerson(browser, PHONE);
    await page.goto(`${installation.base}/don-vi/MH.P01.TT/phan-anh`);
    const text = await page.getByRole('main').innerText();
    must(text.includes(TASK) && text.includes(ANSWER), text);
    must(!/\d{1,2}\/\d{1,2}\/\d{4}/.test(text), `a day is told:\n${text}`);
    await look(page, 'cases-public');
    await context.close();
  });
  await checks.that('a case past its deadline is answered late, and says so', async () => {
    // Thirty days pass for three cases that are being handled.
    const later = 'import sqlite3,sys; db=sqlite3.connect(sys.argv[1], timeout=10); db.execute("UPDATE complaint SET released_day = released_day - 30, due_day = due_day - 30 WHERE id IN (SELECT id FROM complaint WHERE state = 2 AND hint = 0 AND due_day IS NOT NULL LIMIT 3)"); db.commit()';
    const aged = await run('python3', ['-c', later, join(installation.folder, 'thuocdo.db')]);
    equal(aged.code, 0, aged.err);
    await home.goes('Phản ánh, kiến nghị');
    await home.chooses('Tình trạng', 'Đang xử lý');
    await home.chooses('Thời hạn', 'Chỉ quá hạn');
    await home.press('Xem');
    await look(home.page, 'cases-late');
    await home.follow(CODE);
    await home.sees('quá hạn');
    await opened(home, 'Trả lời');
    await home.page.getByRole('textbox', { name: 'Trả lời' }).fill(LATE_ANSWER);
    await home.press('Lưu và công khai');
    await home.sees('Trả lời quá hạn');
  });
  await checks.that('what hints at bribery is read by the inspector alone', async () => {
    must(!(await home.entries()).includes('Tố cáo, tiêu cực'), 'Home Affairs has the page of accusations');
    await auditor.goes('Tố cáo, tiêu cực');
    await look(auditor.page, 'accusations');
    await auditor.follow(CODE);
    await auditor.sees(/bồi dưỡng|Chuyển/);
    await look(auditor.page, 'accusation');
    const there = auditor.page.url();
    equal(await home.opens(there), 403, 'status for Home Affairs');
    equal(await home.opens(there.replace('to-cao', 'phan-anh')), 404, 'status for Home Affairs among the cases');
    await home.opens(`${installation.base}/quan-tri`);
  });
}

async function apology(checks, installation, staff, look) {
  const { ward } = staff;
  await checks.that('the ward drafts an apology for a late application: a Word file, sent by nobody, and notes its number', async () => {
    await ward.goes('Hồ sơ quá hạn');
    await look(ward.page, 'late');
    await ward.chooses('Hiển thị', 'Chưa có văn bản xin lỗi');
    await ward.press('Xem');
    await ward.follow(/^H98/);
    await look(ward.page, 'late-one');
    await ward.sees('hệ thống không tự gửi cho người dân');
    await ward.page.getByRole('radio', { name: 'Bà', exact: true }).check();
    await ward.page.getByLabel(/^Họ tên, hoặc tên tổ chức/).fill('Nguyễn Thị A');
    const due = new Date(Date.now() + 7 * 3_600_000 + 14 * 86_400_000).toISOString().slice(0, 10);
    await ward.page.getByLabel(/^Lý do quá hạn/).fill('hồ sơ phải xác minh thực địa do mưa lũ');
    await ward.page.getByLabel(/^Bộ phận chịu trách nhiệm/).fill('Phòng Kinh tế');
    await ward.page.getByLabel(/^Biện pháp khắc phục/).fill('bố trí thêm người xử lý hồ sơ tồn');
    // A result that was returned late has no new day.
    const again = ward.page.getByLabel(/^Ngày hẹn mới/);
    if ((await again.count()) > 0) await again.first().fill(due);
    await ward.page.getByLabel(/^Chức danh người ký/).fill('KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH');
    await ward.page.getByLabel(/^Số điện thoại để hỏi/).fill('0900 000 000');
    const [download] = await Promise.all([ward.page.waitForEvent('download'), ward.page.getByRole('button', { name: 'Tải dự thảo (Word)' }).click()]);
    must(download.suggestedFilename().endsWith('.docx'), download.suggestedFilename());
    const file = join(installation.folder, 'xin-loi.docx');
    await download.saveAs(file);
    const script = 'import sys,zipfile,re; print(re.sub("<[^>]+>","",zipfile.ZipFile(sys.argv[1]).read("word/document.xml").decode()))';
    const { out } = await run('python3', ['-c', script, file]);
    for (const part of ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'XIN LỖI', 'mưa lũ', 'Phòng Kinh tế']) must(out.includes(part), `${part} is not in the draft:\n${out}`);
    await ward.page.reload();
    await ward.page.getByLabel(/^Số, ký hiệu văn bản/).fill('12/XL-UBND');
    await ward.page.getByLabel(/^Ngày văn bản/).fill(new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10));
    await ward.press('Đã gửi văn bản xin lỗi');
    await ward.sees('12/XL-UBND');
    await look(ward.page, 'late-sent');
  });
}

async function letters(checks, installation, mail, folder, staff) {
  await checks.that('the letter of the week reaches the manager of the ward from a mail server: how many, and no score', async () => {
    for (let attempt = 0; attempt < 120 && lettersTo(folder, staff.ward.email).length === 0; attempt += 1) {
      await new Promise((next) => setTimeout(next, 500));
    }
    const [letter, ...more] = lettersTo(folder, staff.ward.email);
    must(letter && more.length === 0, `${more.length + Boolean(letter)} letters`);
    must(letter.subject.startsWith(`[Thước Đo] ${WARD}`), letter.subject);
    must(letter.text.includes('Kính gửi Ông/Bà') && letter.text.includes(installation.base), letter.text);
    must(!/\d%/.test(letter.text) && letter.text.includes('Thư này không chứa nội dung phiếu.'), letter.text);
    equal(lettersTo(folder, staff.supervisor.email).length, 0, 'letters to the supervisor');
  });
}

export default async function dashboardsOfTheOffice(checks, browser) {
  const look = new Look('dashboards');
  const installation = await Installation.prepare();
  await installation.command('demo', '--no-serve');
  const folder = join(installation.folder, 'letters');
  const mail = await mailServer(folder);
  await installation.serve();
  try {
    const staff = await everybody(checks, browser, installation);
    staff.home.pictures = installation.folder;
    await dashboards(checks, browser, staff, look.at);
    await cases(checks, browser, installation, staff, look.at);
    await apology(checks, installation, staff, look.at);
    await checks.that('other measures stand beside with name, collector and why they have no interval', async () => {
      await staff.control.goes('Chỉ số khác');
      for (const part of ['Chỉ số 766', '86,74%', 'không phải mẫu, nên không có khoảng tin cậy']) await staff.control.sees(part);
      await look.at(staff.control.page, 'others');
    });
    // Between midnight and seven on a Monday no letter is due: that of last week is over, that of this week has not begun.
    const local = new Date(Date.now() + 7 * 3_600_000);
    const isEarly = local.getUTCDay() === 1 && local.getUTCHours() < 7;
    if (isEarly) {
      console.log('the letter of the week is skipped: it is Monday before seven');
    } else if (mail) {
      await installation.end();
      // Whoever came this week gets the first letter next Monday: these came two weeks ago.
      writeFileSync(join(installation.folder, 'earlier.py'), 'import sqlite3,sys; db=sqlite3.connect(sys.argv[1]); db.execute("UPDATE staff SET activated = activated - 1209600"); db.commit()\n');
      const aged = await run('python3', [join(installation.folder, 'earlier.py'), join(installation.folder, 'thuocdo.db')]);
      equal(aged.code, 0, aged.err);
      await installation.serve({ THUOCDO_MAIL: `smtp://127.0.0.1:${mail.port}`, THUOCDO_MAIL_FROM: 'Thước Đo <thuocdo@thunghiem.gov.vn>' });
      await letters(checks, installation, mail, folder, staff);
    } else {
      console.log('the letter of the week is skipped: no python3 has aiosmtpd (Debian: python3-aiosmtpd)');
    }
    await checks.that('no page has a fault of layout or accessibility at 320, 360 and 1280 px, in light and dark', () => look.judge());
    for (const officer of Object.values(staff)) await officer.leaves();
  } finally {
    mail?.stop();
    await installation.stop();
  }
}
