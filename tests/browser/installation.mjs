// A fresh installation: the release binary on an empty database in a folder of its own, and its command line.

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const program = resolve(process.env.THUOCDO_PROGRAM ?? join(here, '../../target/release/thuocdo'));
const running = new Set();
const folders = new Set();

// Settings of the person who runs the tests must not reach the program.
const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('THUOCDO_')));

export const fixture = (name) => join(here, 'fixtures', name);

// Runs a program to its end; `{ code, out, err }`.
export function run(command, args, { seconds = 120 } = {}) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(child);
    const texts = { out: '', err: '' };
    child.stdout.setEncoding('utf8').on('data', (text) => (texts.out += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (texts.err += text));
    const timer = setTimeout(() => child.kill('SIGKILL'), seconds * 1000);
    child.on('error', fail);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      running.delete(child);
      done({ code: code ?? signal, ...texts });
    });
  });
}

function freePort() {
  return new Promise((done, fail) => {
    const server = net.createServer();
    server.on('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

// One HTTP exchange without anything a browser adds: no Origin, no Sec-Fetch headers, no redirects followed.
export function exchange(method, url, { form, cookie } = {}) {
  const body = form ? new URLSearchParams(form).toString() : undefined;
  const headers = { accept: 'text/html' };
  if (cookie) headers.cookie = cookie;
  if (body !== undefined) {
    headers['content-type'] = 'application/x-www-form-urlencoded';
    headers['content-length'] = Buffer.byteLength(body);
  }
  return new Promise((done, fail) => {
    const request = http.request(url, { method, headers, timeout: 20_000 }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part) => (text += part));
      answer.on('end', () => done({ status: answer.statusCode, headers: answer.headers, text }));
      answer.on('error', fail);
    });
    request.on('timeout', () => request.destroy(new Error(`${method} ${url}: no answer in 20 s`)));
    request.on('error', fail);
    request.end(body);
  });
}

// What a program sees of a form: where it posts and the hidden fields it was given.
function readForm(html, address) {
  const form = /<form\b[^>]*method=["']?post["']?[^>]*>([\s\S]*?)<\/form>/i.exec(html);
  if (!form) throw new Error(`${address} holds no form`);
  const action = /\baction=["']([^"']*)["']/i.exec(form[0].slice(0, form[0].indexOf('>')))?.[1];
  const fields = {};
  for (const [tag] of form[1].matchAll(/<input\b[^>]*>/gi)) {
    if (!/type=["']?hidden/i.test(tag)) continue;
    const attribute = (name) => new RegExp(`\\b${name}=["']([^"']*)["']`, 'i').exec(tag)?.[1] ?? '';
    fields[attribute('name')] = attribute('value').replaceAll('&amp;', '&').replaceAll('&quot;', '"');
  }
  return { action: new URL((action ?? '').replaceAll('&amp;', '&') || address, address).href, fields };
}

// Answers as any program may: fetches the form, posts the fields it was given. The reply to the post.
export async function answerPlainly(address, answers) {
  const page = await exchange('GET', address);
  if (page.status !== 200) throw new Error(`GET ${address}: ${page.status}`);
  const { action, fields } = readForm(page.text, address);
  const cookie = [page.headers['set-cookie'] ?? []].flat().map((line) => line.split(';')[0]).join('; ') || undefined;
  const reply = await exchange('POST', action, { form: { ...fields, ...answers }, cookie });
  if (reply.status !== 303) throw new Error(`POST ${action}: ${reply.status} (${reply.text.slice(0, 300)})`);
  return reply;
}

// The QR codes in a picture as a reader sees them.
export async function codesIn(image) {
  const read = await run('zbarimg', ['--raw', '-q', image]);
  if (read.code !== 0) throw new Error(`no code is read in ${image}: ${read.err}`);
  return read.out.trim().split('\n');
}

export class Installation {
  // Starts the server on an empty database and waits until it is ready. `settings` are THUOCDO_… variables.
  static async start(settings = {}) {
    return (await Installation.prepare()).serve(settings);
  }

  // Starts the server on a database with the demonstration province.
  static async demonstration() {
    const self = await Installation.prepare();
    await self.command('demo', '--no-serve');
    return self.serve();
  }

  static async prepare() {
    const self = new Installation();
    if (!existsSync(program)) throw new Error(`${program} is missing: cargo build --release`);
    self.folder = mkdtempSync(join(tmpdir(), 'thuocdo-browser-'));
    folders.add(self.folder);
    self.port = await freePort();
    self.base = `http://127.0.0.1:${self.port}`;
    self.database = `sqlite://${join(self.folder, 'thuocdo.db')}`;
    return self;
  }

  async serve(settings = {}) {
    const self = this;
    const args = ['serve', '--listen', `127.0.0.1:${self.port}`, '--database', self.database, '--base-url', self.base];
    const env = { ...environment, ...settings };
    self.server = spawn(program, args, { env, cwd: self.folder, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(self.server);
    self.log = '';
    for (const stream of [self.server.stdout, self.server.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => (self.log = (self.log + text).slice(-8000)));
    }
    self.server.on('close', () => running.delete(self.server));
    for (let attempt = 0; attempt < 150; attempt += 1) {
      if (self.server.exitCode !== null) break;
      const ready = await exchange('GET', `${self.base}/readyz`).catch(() => undefined);
      if (ready?.status === 200) return self;
      await new Promise((next) => setTimeout(next, 200));
    }
    await self.stop();
    throw new Error(`the server was not ready in 30 s; it said:\n${self.log}`);
  }

  // Runs `thuocdo ARGS… --database URL`; its standard output. Throws with its standard error when it refuses.
  async command(...args) {
    const result = await run(program, [...args, '--database', this.database, '--base-url', this.base]);
    if (result.code !== 0) throw new Error(`thuocdo ${args.join(' ')} ended with ${result.code}:\n${result.err}${result.out}`);
    return result.out;
  }

  // Figures of one unit: the `estimates` of `thuocdo index`.
  async estimates(unit, from, to) {
    const out = await this.command(
      'index', '--measure', 'counter', '--unit', unit, '--from', from, '--to', to, '--format', 'json');
    return JSON.parse(out).estimates;
  }

  // Imports lines of a CSV file.
  async bring(kind, lines) {
    const file = join(this.folder, `${kind}.csv`);
    writeFileSync(file, `${lines.join('\n')}\n`);
    await this.command('import', kind, file);
  }

  // Imports units, points and targets of the fixtures.
  async furnish() {
    for (const kind of ['units', 'points', 'targets']) await this.command('import', kind, fixture(`${kind}.csv`));
  }

  // Sends one answer to a counter; its receipt.
  async answer(code) {
    const reply = await answerPlainly(`${this.base}/q/${code}`, { attitude: '4' });
    const cookie = [reply.headers['set-cookie']].flat().find((line) => line.includes('bien-nhan='));
    return cookie.split('bien-nhan=')[1].slice(0, 19);
  }

  // The address behind the printed QR of a point, read with a QR reader.
  async scan(point) {
    const image = join(this.folder, `${point}.png`);
    await this.command('qr', point, '--format', 'png', '-o', image);
    return (await codesIn(image))[0];
  }

  // Imports dossiers; the link of each contact, as whoever sends messages is given it.
  async dossiers(lines) {
    const [file, messages] = ['dossiers.csv', 'messages.csv'].map((name) => join(this.folder, name));
    writeFileSync(file, `${lines.join('\n')}\n`);
    rmSync(messages, { force: true });
    await this.command('import', 'dossiers', file, '--messages', messages);
    if (!existsSync(messages)) return new Map();
    const rows = readFileSync(messages, 'utf8').trim().split('\n').slice(1);
    return new Map(rows.map((row) => [row.slice(0, row.indexOf(',')), row.slice(row.lastIndexOf(',') + 1).trim()]));
  }

  // The address behind the QR that the one-stop system prints for a dossier.
  async slip(dossier, point) {
    const image = join(this.folder, `${dossier}.png`);
    await this.command('ticket', 'issue', '--dossier', dossier, '--point', point, '--format', 'png', '-o', image);
    return (await codesIn(image))[0];
  }

  // Ends the server; the database stays.
  async end() {
    const { server } = this;
    if (server && server.exitCode === null && server.signalCode === null) {
      const ended = new Promise((done) => server.once('close', done));
      server.kill('SIGTERM');
      const timer = setTimeout(() => server.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(timer);
    }
  }

  async stop() {
    await this.end();
    rmSync(this.folder, { recursive: true, force: true });
    folders.delete(this.folder);
  }
}

// Ends every program still running and removes what it wrote.
export function endAll() {
  for (const child of running) child.kill('SIGKILL');
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}

// A day at +07:00, as yyyy-mm-dd: today, or so many days ago.
export const daysAgo = (days) => new Date(Date.now() + 7 * 3_600_000 - days * 86_400_000).toISOString().slice(0, 10);
export const today = () => daysAgo(0);
