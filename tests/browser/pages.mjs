// Every public page there is, one line each. A new page is one more line here; a route of the URL map (src/web/mod.rs)
// that has no line fails the run.
//
//   name    what the page is called in complaints and pictures
//   route   its pattern in the URL map
//   path    its address: a text, or a function of the world below
//   status  what it answers (200)
//   act     what a person does there before it is looked at
//   langs   the languages it has (both)
//   pdf     how many A4 sheets it may fill when printed: [least, most]
//   site    which installation it stands in: province (default), empty, quiet
//   brief   another state of a page that stands here in full: not printed, not seen in the dark, no walk by keyboard
//   scripts why it may carry scripts; no page does today

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { equal, must } from './checks.mjs';
import { Installation, answerPlainly, daysAgo } from './installation.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const press = async (page, name) => {
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name }).click()]);
};
const SEND = /^(Gửi đánh giá|Send)$/;
const CHECK = /^(Kiểm tra|Check)$/;
const NOT_MINE = /^(Tôi chưa trả lời phiếu này|I have not answered this form)$/;
const CONFIRM = /^(Xác nhận, tôi chưa trả lời|Confirm: I have not answered)$/;
const ANYWAY = /^(Vẫn góp ý|Answer anyway)$/;
const form = (w) => `/q/${w.code}`;
// Changes what the page would send, as a damaged or foreign page would.
const spoilt = (change) => async (page) => {
  await page.evaluate(change);
  await press(page, SEND);
};
const checkReceipt = (code) => async (page, w) => {
  await page.locator('main input[type=text]').fill(code(w));
  await press(page, CHECK);
};
const openAll = (page) => page.evaluate(() => document.querySelectorAll('details').forEach((one) => { one.open = true; }));

export const PAGES = [
  { name: 'province', route: '/', path: '/', pdf: [1, 20] },
  { name: 'province-quarter', route: '/', path: '/?ky=2026-q3', brief: true },
  { name: 'province-calendar-year', route: '/', path: '/?ky=2026-lich', pdf: [1, 20] },
  { name: 'province-without-answers', route: '/', path: '/?ky=2031', pdf: [1, 20] },
  { name: 'welcome', route: '/', path: '/', site: 'empty', pdf: [1, 1] },
  { name: 'not-live', route: '/', path: '/', site: 'quiet', pdf: [1, 1] },
  { name: 'units', route: '/don-vi', path: '/don-vi', pdf: [1, 4] },
  { name: 'units-found', route: '/don-vi', path: '/don-vi?tim=suoi+trong', pdf: [1, 2] },
  { name: 'units-former', route: '/don-vi', path: '/don-vi?tim=%C4%90%C3%A1%20V%C3%A1ch', pdf: [1, 1] },
  { name: 'units-not-found', route: '/don-vi', path: '/don-vi?tim=khong%20co%20don%20vi%20nay', pdf: [1, 1] },
  { name: 'units-none', route: '/don-vi', path: '/don-vi', site: 'empty', pdf: [1, 1] },
  { name: 'department', route: '/don-vi/{code}', path: '/don-vi/MH.SXD', pdf: [1, 12] },
  { name: 'department-quarter', route: '/don-vi/{code}', path: '/don-vi/MH.SXD?ky=2026-q2', brief: true },
  { name: 'commune', route: '/don-vi/{code}', path: '/don-vi/MH.X03', pdf: [1, 12] },
  { name: 'commune-year', route: '/don-vi/{code}', path: '/don-vi/MH.X03?ky=2026', brief: true },
  { name: 'commune-calendar-year', route: '/don-vi/{code}', path: '/don-vi/MH.X03?ky=2025-lich', pdf: [1, 12] },
  { name: 'ward', route: '/don-vi/{code}', path: '/don-vi/MH.P01', pdf: [1, 12] },
  { name: 'centre', route: '/don-vi/{code}', path: '/don-vi/MH.X03.TT', pdf: [1, 12] },
  { name: 'line-agency', route: '/don-vi/{code}', path: '/don-vi/MH.X03.CA', pdf: [1, 12] },
  { name: 'merged-unit', route: '/don-vi/{code}', path: '/don-vi/MH-CU.X.ST', pdf: [1, 12] },
  { name: 'unit-without-points', route: '/don-vi/{code}', path: '/don-vi/MH.MOI', pdf: [1, 12] },
  { name: 'unit-with-few-answers', route: '/don-vi/{code}', path: '/don-vi/MH.SDTTG', pdf: [1, 12] },
  { name: 'unit-unknown', route: '/don-vi/{code}', path: '/don-vi/KHONG-CO', status: 404, pdf: [1, 1] },
  { name: 'cases-answered', route: '/don-vi/{code}/phan-anh', path: '/don-vi/MH/phan-anh', pdf: [1, 30] },
  { name: 'cases-answered-none', route: '/don-vi/{code}/phan-anh', path: '/don-vi/MH.MOI/phan-anh', pdf: [1, 2] },
  { name: 'methods', route: '/phuong-phap', path: '/phuong-phap', brief: true },
  { name: 'methods-open', route: '/phuong-phap', path: '/phuong-phap', act: openAll, pdf: [4, 60] },
  { name: 'privacy', route: '/quyen-rieng-tu', path: '/quyen-rieng-tu', pdf: [2, 5] },
  { name: 'receipt', route: '/bien-nhan', path: '/bien-nhan', pdf: [1, 1] },
  { name: 'receipt-missing', route: '/bien-nhan', path: '/bien-nhan', act: checkReceipt(() => ''), pdf: [1, 1] },
  { name: 'receipt-unknown', route: '/bien-nhan', path: '/bien-nhan', act: checkReceipt(() => '0000-0000-0000-0001'), pdf: [1, 1] },
  { name: 'receipt-found', route: '/bien-nhan', path: '/bien-nhan', act: checkReceipt((w) => w.receipt), pdf: [1, 1] },
  { name: 'record', route: '/so-ghi', path: '/so-ghi', pdf: [1, 3] },
  { name: 'record-empty', route: '/so-ghi', path: '/so-ghi', site: 'empty', pdf: [1, 2] },
  { name: 'published-list', route: '/cong-bo', path: '/cong-bo', pdf: [1, 2] },
  { name: 'published-none', route: '/cong-bo', path: '/cong-bo', site: 'empty', pdf: [1, 1] },
  { name: 'published', route: '/cong-bo/{slug}', path: (w) => w.published, pdf: [2, 20] },
  { name: 'published-replaced', route: '/cong-bo/{slug}/{version}', path: (w) => `${w.published}/1`, pdf: [2, 20] },
  { name: 'published-unknown', route: '/cong-bo/{slug}', path: '/cong-bo/khong-co', status: 404, pdf: [1, 1] },
  { name: 'open-data', route: '/du-lieu', path: '/du-lieu', pdf: [1, 8] },
  { name: 'open-data-empty', route: '/du-lieu', path: '/du-lieu', site: 'empty', pdf: [1, 6] },
  { name: 'open-data-units', route: '/du-lieu/{id}', path: '/du-lieu/don-vi', pdf: [1, 3] },
  { name: 'open-data-figures', route: '/du-lieu/{id}', path: '/du-lieu/so-lieu-don-vi', pdf: [1, 4] },
  { name: 'open-data-code-book', route: '/du-lieu/{id}', path: '/du-lieu/phieu-counter-1', pdf: [1, 4] },
  { name: 'open-data-unknown', route: '/du-lieu/{id}', path: '/du-lieu/khong-co', status: 404, pdf: [1, 1] },
  { name: 'series', route: '/chuoi-so-lieu', path: '/chuoi-so-lieu', pdf: [1, 6] },
  { name: 'series-none', route: '/chuoi-so-lieu', path: '/chuoi-so-lieu', site: 'empty', pdf: [1, 1] },
  { name: 'series-one', route: '/chuoi-so-lieu/{code}', path: '/chuoi-so-lieu/lai-chau-par-index', pdf: [1, 3] },
  { name: 'series-broken', route: '/chuoi-so-lieu/{code}', path: '/chuoi-so-lieu/sipas-toan-quoc', pdf: [1, 3] },
  { name: 'series-beside', route: '/chuoi-so-lieu/{code}', path: '/chuoi-so-lieu/quang-nam-sipas', pdf: [1, 2] },
  { name: 'series-unknown', route: '/chuoi-so-lieu/{code}', path: '/chuoi-so-lieu/khong-co', status: 404, pdf: [1, 1] },
  { name: 'form', route: '/q/{code}', path: form, pdf: [1, 4] },
  { name: 'form-folds-open', route: '/q/{code}', path: form, act: openAll, pdf: [1, 4] },
  { name: 'form-errors', route: '/q/{code}', path: form, act: (page) => press(page, SEND), langs: ['vi', 'en'], pdf: [1, 4] },
  {
    name: 'form-number-and-comment-wrong', route: '/q/{code}', path: form, pdf: [1, 5],
    act: async (page) => {
      await page.locator('[name=minutes]').fill('nhiều');
      await page.locator('textarea').fill('dài '.repeat(900));
      await press(page, SEND);
    },
  },
  { name: 'form-foreign', route: '/q/{code}', path: form, act: spoilt(() => { document.querySelector('[name=_khoa]').value = 'x'; }), pdf: [1, 1] },
  { name: 'form-too-large', route: '/q/{code}', path: form, act: spoilt(() => { document.querySelector('textarea').value = 'x'.repeat(70_000); }), pdf: [1, 1] },
  { name: 'form-damaged', route: '/q/{code}', path: form, act: spoilt(() => { document.querySelector('main form').enctype = 'text/plain'; }), pdf: [1, 1] },
  { name: 'wrong-method', route: '/', path: form, act: spoilt(() => { document.querySelector('main form').action = `/phuong-phap${location.search}`; }), pdf: [1, 1] },
  {
    name: 'form-sent', route: '/q/{code}/cam-on', path: form, pdf: [1, 1],
    act: async (page) => {
      await page.locator('[name=attitude][value="4"] + span').click();
      await press(page, SEND);
    },
  },
  {
    name: 'form-sent-otherwise', route: '/q/{code}', path: form, pdf: [1, 1],
    act: async (page) => {
      const key = await page.locator('[name=_khoa]').inputValue();
      await page.locator('[name=attitude][value="4"] + span').click();
      await press(page, SEND);
      await page.goBack({ waitUntil: 'load' });
      await page.evaluate((value) => { document.querySelector('[name=_khoa]').value = value; }, key);
      await page.locator('[name=attitude][value="2"] + span').click();
      await press(page, SEND);
    },
  },
  { name: 'thanks-without-receipt', route: '/q/{code}/cam-on', path: (w) => `/q/${w.code}/cam-on`, pdf: [1, 1] },
  { name: 'point-closed', route: '/q/{code}', path: (w) => `/q/${w.closed}`, status: 410, pdf: [1, 1] },
  { name: 'point-merged', route: '/q/{code}', path: (w) => `/q/${w.merged}`, status: 410, pdf: [1, 1] },
  { name: 'point-unknown', route: '/q/{code}', path: '/q/AAAAAAAAA', status: 404, pdf: [1, 1] },
  { name: 'ticket', route: '/p/{ticket}', path: (w) => w.tickets.good, pdf: [1, 4] },
  { name: 'ticket-errors', route: '/p', path: (w) => w.tickets.good, act: (page) => press(page, SEND), brief: true },
  { name: 'ticket-foreign', route: '/p', path: (w) => w.tickets.good, act: spoilt(() => { document.querySelector('[name=_khoa]').value = 'x'; }), pdf: [1, 1] },
  { name: 'ticket-used', route: '/p/{ticket}', path: (w) => w.tickets.spent, status: 410, pdf: [1, 1] },
  { name: 'ticket-dispute', route: '/p', path: (w) => w.tickets.spent, status: 410, act: (page) => press(page, NOT_MINE), pdf: [1, 1] },
  {
    name: 'ticket-disputed', route: '/p', path: (w) => w.tickets.spent, status: 410, pdf: [1, 1],
    act: async (page) => {
      await press(page, NOT_MINE);
      await press(page, CONFIRM);
    },
  },
  { name: 'ticket-expired', route: '/p/{ticket}', path: (w) => w.tickets.over, status: 410, pdf: [1, 1] },
  { name: 'ticket-expired-form', route: '/p', path: (w) => w.tickets.over, status: 410, act: (page) => press(page, ANYWAY), brief: true },
  { name: 'ticket-withdrawn', route: '/p/{ticket}', path: (w) => w.tickets.withdrawn, status: 410, pdf: [1, 1] },
  { name: 'ticket-unknown', route: '/p/{ticket}', path: '/p/khong-phai-ma', status: 404, pdf: [1, 1] },
  { name: 'ticket-thanks', route: '/p/cam-on', path: '/p/cam-on', pdf: [1, 1] },
  { name: 'poster', route: '/q/{code}/ap-phich', path: (w) => `/q/${w.code}/ap-phich`, langs: ['vi'], pdf: [1, 1] },
  { name: 'not-found', route: '/', path: '/khong-co-trang-nay', status: 404, pdf: [1, 1] },
];

// Routes that answer with something else than a page.
const NOT_PAGES = {
  '/static/{file}': 'assets',
  '/healthz': 'for the machine',
  '/readyz': 'for the machine',
  '/don-vi/{code}/{file}.csv': 'a file',
  '/du-lieu/danh-muc.jsonld': 'a file',
  '/du-lieu/{id}.csv': 'a file',
  '/du-lieu/{id}.json': 'a file',
  '/cong-bo/{slug}.{ending}': 'a file',
  '/cong-bo/{slug}/{version}.{ending}': 'a file',
  '/cong-bo/{slug}/{version}/van-ban.pdf': 'a file',
  '/sitemap.xml': 'for the machine',
  '/robots.txt': 'for the machine',
  '/chuoi-so-lieu/{code}.csv': 'a file',
  '/chuoi-so-lieu/{code}.json': 'a file',
  '/q/{code}/ma-qr.svg': 'a picture',
  '/bien-nhan/tep': 'a file',
  '/so-ghi/checkpoint': 'a file',
  '/so-ghi/khoa': 'a file',
  '/so-ghi/nhat-quan/{from}/{to}': 'a file',
};

// The routes of the URL map. Paths that stand as a name are looked up in the module the name comes from.
function routes() {
  const map = readFileSync(join(root, 'src/web/mod.rs'), 'utf8');
  const named = (name) => {
    const use = new RegExp(`use crate::text::(?:\\{[^}]*\\b)?([a-z_:]+)::(?:\\{[^}]*\\b)?([A-Z_]+) as ${name};`).exec(map);
    must(use, `src/web/mod.rs: where does ${name} come from?`);
    const folder = join(root, 'src/text', use[1].replaceAll('::', '/'));
    const source = [`${folder}.rs`, `${folder}/mod.rs`].map((file) => {
      try {
        return readFileSync(file, 'utf8');
      } catch {
        return '';
      }
    }).join('');
    const path = new RegExp(`\\b${use[2]}: &str = "([^"]+)"`).exec(source);
    must(path, `${folder}: no ${use[2]}`);
    return path[1];
  };
  const found = [...map.matchAll(/\b(?:page|resource)\(\s*(?:"([^"]+)"|([A-Z_]+))\s*[,)]/g)];
  return found.map(([, path, name]) => path ?? named(name));
}

export function everyRouteHasALine() {
  const known = routes();
  must(known.length >= 12, `only ${known.length} routes were read from src/web/mod.rs`);
  const listed = new Set(PAGES.map((page) => page.route));
  // The office needs a sign-in: office.mjs goes there.
  const open = known.filter((route) => !route.startsWith('/quan-tri') && !route.startsWith('/api'));
  equal(open.filter((route) => !listed.has(route) && !(route in NOT_PAGES)), [], 'routes without a line in pages.mjs');
  equal([...listed].filter((route) => !known.includes(route)), [], 'lines whose route is gone');
  return known.length;
}

// The installations the pages stand in: the demonstration with a closed and a merged counter, an empty one, and one that
// does not show running figures.
export class World {
  static async start() {
    const self = new World();
    self.sites = {};
    self.sites.province = await Installation.demonstration();
    self.sites.empty = await Installation.start();
    self.sites.quiet = await Installation.start({ THUOCDO_PUBLIC_LIVE: 'false' });
    await self.sites.quiet.furnish();
    const province = self.sites.province;
    await province.bring('units', [
      'code,name,kind,parent,valid_from,valid_to,successors,admin_code',
      'MH.MOI,UBND xã Chưa Có Quầy,commune,MH,2025-07-01,,,',
      'MH.TAM,UBND xã Tạm,commune,MH,2025-07-01,,,',
    ]);
    await province.bring('points', [
      'code,unit,name,kind,questionnaire,field,officers',
      'MH.TAM.Q1,MH.TAM,Quầy số 1,counter,counter,,2',
      'MH.X03.DONG,MH.X03.TT,Quầy đã đóng,counter,counter,,2',
    ]);
    self.code = new URL(await province.scan('MH.X03.Q03')).pathname.split('/').pop();
    self.merged = new URL(await province.scan('MH.TAM.Q1')).pathname.split('/').pop();
    self.closed = new URL(await province.scan('MH.X03.DONG')).pathname.split('/').pop();
    await province.command('point', 'close', 'MH.X03.DONG');
    await province.bring('units', [
      'code,name,kind,parent,valid_from,valid_to,successors,admin_code',
      'MH.TAM,UBND xã Tạm,commune,MH,2025-07-01,2026-01-31,MH.X03,',
    ]);
    self.receipt = await province.answer(self.code);
    self.tickets = await self.hand();
    // The publication that was corrected once.
    const list = await (await fetch(`${province.base}/cong-bo`)).text();
    const names = [...new Set([...list.matchAll(/\/cong-bo\/[a-z0-9-]+/g)].map(([path]) => path))];
    const corrected = await Promise.all(names.map(async (path) => (await fetch(`${province.base}${path}/2`)).status === 200));
    self.published = names[corrected.indexOf(true)];
    must(self.published, `no corrected publication among ${names}`);
    return self;
  }

  // Tickets in every state; their addresses without the host.
  async hand() {
    const { province } = this.sites;
    const point = 'MH.X03.Q03';
    const line = (number, returned) => `${number},${point},${daysAgo(60)},${daysAgo(returned)}`;
    await province.dossiers(['number,point,received,returned', line('GOOD', 1), line('SPENT', 1), line('OVER', 40), line('WITHDRAWN', 1)]);
    const path = async (number) => new URL(await province.slip(number, point)).pathname;
    const made = { good: await path('GOOD'), spent: await path('SPENT'), over: await path('OVER'), withdrawn: await path('WITHDRAWN') };
    await province.command('ticket', 'withdraw', '--dossier', 'WITHDRAWN');
    await answerPlainly(province.base + made.spent, { attitude: '4' });
    return made;
  }

  // The address of a page in a language.
  address(line, lang) {
    const path = typeof line.path === 'function' ? line.path(this) : line.path;
    const asked = lang === 'vi' ? path : `${path}${path.includes('?') ? '&' : '?'}lang=${lang}`;
    return this.sites[line.site ?? 'province'].base + asked;
  }

  // Opens a page as its line says.
  async open(page, line, lang) {
    const answer = await page.goto(this.address(line, lang));
    equal(answer.status(), line.status ?? 200, `${line.name}: status`);
    if (line.act) await line.act(page, this);
  }

  async stop() {
    for (const site of Object.values(this.sites)) await site.stop();
  }
}
