// The bars every page is held to. Each takes an open page and returns its faults as short lines; none means good.

import { inflateSync } from 'node:zlib';
import { axe } from './person.mjs';

// What axe finds.
export async function axeFindings(page) {
  // Run through the debugger, not as a script of the page: the content security policy stays as citizens get it.
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document);
    return violations.flatMap((v) => v.nodes.map((n) => `${v.id} (${v.impact}): ${n.target.join(' ')}: ${v.help}`));
  });
}

// Sideways scroll, controls outside the window, controls that lie on each other, text that is cut off.
export function layoutFaults(page) {
  return page.evaluate(() => {
    const faults = [];
    const wide = document.scrollingElement;
    if (wide.scrollWidth > wide.clientWidth) {
      const over = [...document.querySelectorAll('main *')].filter((one) => one.getBoundingClientRect().right > wide.clientWidth + 1);
      faults.push(`scrolls sideways, ${wide.scrollWidth} > ${wide.clientWidth} px: ${over.slice(0, 2).map((one) => one.outerHTML.slice(0, 60)).join(' … ')}`);
    }
    const name = (control) => `${control.tagName.toLowerCase()} “${(control.innerText || control.name || '').trim().slice(0, 40)}”`;
    // A frame that scrolls by itself may hold what is wider than the window.
    const scrolls = (element) => element.closest('.scroll') !== null;
    const seen = [];
    for (const control of document.querySelectorAll('a[href], button, input:not([type=hidden]), textarea, select, summary, label')) {
      // A radio is judged by its tile, a label that is no tile by its field.
      if (control.matches('input[type=radio]') || (control.matches('label') && !control.querySelector('input'))) continue;
      const box = control.getBoundingClientRect();
      // Not shown, or a skip link that waits outside the window until it is focused.
      if (box.width === 0 || box.height === 0 || box.right <= 0 || box.bottom + window.scrollY <= 0) continue;
      if (!control.checkVisibility?.()) continue;
      if (!scrolls(control) && (box.left < -0.5 || box.right > window.innerWidth + 0.5)) {
        faults.push(`${name(control)} reaches from ${box.left} to ${box.right} in a window of ${window.innerWidth} px`);
      }
      const style = getComputedStyle(control);
      if (style.overflowX !== 'visible' && !control.matches('input, textarea') && control.scrollWidth > control.clientWidth + 1) {
        faults.push(`${name(control)} hides part of its text`);
      }
      for (const part of control.getClientRects()) seen.push({ control, part });
    }
    seen.sort((a, b) => a.part.top - b.part.top);
    seen.forEach(({ control, part }, place) => {
      for (let next = place + 1; next < seen.length && seen[next].part.top < part.bottom - 2; next += 1) {
        const { control: other, part: there } = seen[next];
        if (control.contains(other) || other.contains(control)) continue;
        const across = Math.min(part.right, there.right) - Math.max(part.left, there.left);
        const down = Math.min(part.bottom, there.bottom) - Math.max(part.top, there.top);
        // Lines of text may touch by their leading.
        if (across > 2 && down > 6) faults.push(`${name(control)} and ${name(other)} lie on each other by ${across.toFixed(0)} × ${down.toFixed(0)} px`);
      }
    });
    for (const frame of document.querySelectorAll('main *')) {
      const style = getComputedStyle(frame);
      if (style.overflowY !== 'hidden' && style.overflowX !== 'hidden') continue;
      // The one way to hide words from the eye alone is a frame of one pixel.
      if (frame.clientWidth <= 1 || frame.clientHeight <= 1) continue;
      if (frame.scrollHeight > frame.clientHeight + 1 || frame.scrollWidth > frame.clientWidth + 1) {
        faults.push(`${name(frame)} is cut off: ${frame.scrollWidth} × ${frame.scrollHeight} in ${frame.clientWidth} × ${frame.clientHeight} px`);
      }
    }
    // Words of a chart have to stay inside the window, and must not run into each other.
    for (const chart of document.querySelectorAll('svg')) {
      const words = [...chart.querySelectorAll('text')].map((one) => ({ text: one.textContent, box: one.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0);
      for (const { text, box } of words) {
        if (box.left < -0.5 || box.right > window.innerWidth + 0.5) faults.push(`chart: “${text}” leaves the window`);
      }
      words.forEach((one, place) => words.slice(place + 1).forEach((two) => {
        const across = Math.min(one.box.right, two.box.right) - Math.max(one.box.left, two.box.left);
        const down = Math.min(one.box.bottom, two.box.bottom) - Math.max(one.box.top, two.box.top);
        if (across > 2 && down > 4) faults.push(`chart: “${one.text}” and “${two.text}” run into each other`);
      }));
    }
    return faults;
  });
}

// The page as a browser lays it out at 200 %: half the width, twice the pixels.
export async function zoomed(page, { width, height }, work) {
  const wire = await page.context().newCDPSession(page);
  await wire.send('Emulation.setDeviceMetricsOverride', {
    width: Math.round(width / 2), height: Math.round(height / 2), deviceScaleFactor: 2, mobile: false,
  });
  try {
    return await work();
  } finally {
    await wire.send('Emulation.clearDeviceMetricsOverride');
    await wire.detach();
  }
}

// The page with letters of twice the size, as a browser's setting for text alone makes them.
export async function enlarged(page, work) {
  const set = (size) => page.evaluate((value) => { document.documentElement.style.fontSize = value; }, size);
  await set('200%');
  try {
    return await work();
  } finally {
    await set('');
  }
}

// Tab from the top: the skip link is first and works, every stop shows its focus, stands in the window and follows the
// order of the page.
export async function keyboardFaults(page, most = 24) {
  const faults = [];
  // A page that comes back with errors begins at its summary; the walk begins at the top all the same.
  const begins = await page.evaluate(() => {
    const wasBody = document.activeElement === document.body;
    if (!wasBody) document.querySelector('.skip')?.focus();
    return wasBody;
  });
  const look = () => page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const shown = [element, element.nextElementSibling, element.closest('label')].filter(Boolean).map((one) => getComputedStyle(one));
    const box = element.getBoundingClientRect();
    const before = globalThis.lastStop;
    globalThis.lastStop = element;
    const inOrder = !before || Boolean(before.compareDocumentPosition(element) & (Node.DOCUMENT_POSITION_FOLLOWING | Node.DOCUMENT_POSITION_CONTAINED_BY));
    return {
      what: `${element.tagName.toLowerCase()} “${(element.labels?.[0]?.innerText ?? element.innerText ?? '').trim().slice(0, 40)}”`,
      skips: element.classList.contains('skip'),
      visible: shown.some((style) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2),
      inside: box.bottom > 0 && box.top < window.innerHeight && box.right > 0 && box.left < window.innerWidth,
      inOrder,
    };
  });
  await page.evaluate(() => { globalThis.lastStop = null; });
  for (let stop = 0; stop < most; stop += 1) {
    if (stop > 0 || begins) await page.keyboard.press('Tab');
    const now = await look();
    if (!now || (!now.inOrder && stop > 0)) {
      // Past the last stop the focus leaves the page or begins again at the top.
      if (now && !now.skips) faults.push(`${now.what} comes out of order`);
      break;
    }
    if (stop === 0 && !now.skips) faults.push(`the first stop is ${now.what}, no skip link`);
    if (!now.visible) faults.push(`${now.what} has the focus and does not show it`);
    if (!now.inside) faults.push(`${now.what} has the focus outside the window`);
  }
  if (await page.evaluate(() => [...document.querySelectorAll('[tabindex]')].some((one) => one.tabIndex > 0))) {
    faults.push('a tabindex above 0');
  }
  return faults;
}

// The sheets of a PDF as Chromium writes it: how many, and which hold no words and no lines.
function sheets(pdf) {
  const text = pdf.toString('latin1');
  const objects = new Map([...text.matchAll(/(?:^|\n)(\d+) 0 obj\b([\s\S]*?)endobj/g)].map(([, number, body]) => [number, body]));
  const found = [];
  for (const body of objects.values()) {
    if (!/\/Type\s*\/Page\b(?!s)/.test(body)) continue;
    const content = objects.get(/\/Contents (\d+) 0 R/.exec(body)?.[1] ?? '') ?? '';
    const from = content.indexOf('stream\n') + 7;
    const bytes = Buffer.from(content.slice(from, content.lastIndexOf('endstream')), 'latin1');
    const drawn = /FlateDecode/.test(content) ? inflateSync(bytes, { finishFlush: 2 }).toString('latin1') : bytes.toString('latin1');
    found.push(/\bT[jJ]\b/.test(drawn) || /\bDo\b/.test(drawn));
  }
  return found;
}

// Printed on A4: a sane number of sheets, none empty, no chart wider or higher than a sheet.
export async function printFaults(page, [least, most]) {
  const faults = [];
  const printed = sheets(await page.pdf({ format: 'A4', preferCSSPageSize: true }));
  if (printed.length < least || printed.length > most) faults.push(`${printed.length} sheets instead of ${least} to ${most}`);
  printed.forEach((holds, place) => { if (!holds) faults.push(`sheet ${place + 1} of ${printed.length} is empty`); });
  // 210 mm less twice 15 mm of margin, at 96 px per inch.
  const [width, height] = [680, 1009];
  await page.emulateMedia({ media: 'print' });
  const before = page.viewportSize();
  await page.setViewportSize({ width, height });
  faults.push(...await page.evaluate(({ width, height }) => [...document.querySelectorAll('svg.chart, main > svg, table')]
    .map((one) => ({ one, box: one.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 0)
    .flatMap(({ one, box }) => {
      const isChart = one.tagName === 'svg';
      const words = isChart ? [...one.querySelectorAll('text')].map((word) => word.getBoundingClientRect().right) : [box.right];
      const right = Math.max(box.right, ...words);
      return [
        ...(right > width + 1 ? [`${one.tagName} is cut at the right: ${right.toFixed(0)} of ${width} px`] : []),
        ...(isChart && box.height > height ? [`a chart of ${box.height.toFixed(0)} px is cut between sheets`] : []),
      ];
    }), { width, height }));
  await page.setViewportSize(before);
  await page.emulateMedia({ media: null });
  return { faults, sheets: printed.length };
}

// Nothing moves for people who asked for it.
export async function motionFaults(page) {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const faults = await page.evaluate(() => {
    const moving = [...document.querySelectorAll('*')].filter((one) => {
      const style = getComputedStyle(one);
      const lasts = (value) => value.split(',').some((part) => parseFloat(part) > 0);
      return lasts(style.transitionDuration) || lasts(style.animationDuration) || style.scrollBehavior === 'smooth';
    });
    return [...moving.slice(0, 3).map((one) => `${one.tagName.toLowerCase()} moves`), ...document.getAnimations().map(() => 'an animation runs')];
  });
  await page.emulateMedia({ reducedMotion: null });
  return faults;
}

// What every page must have besides.
export function frameFaults(page, lang) {
  return page.evaluate((lang) => {
    const faults = [];
    const root = document.documentElement;
    if (root.lang !== lang) faults.push(`the page says it is in “${root.lang}”`);
    if (document.title.trim() === '') faults.push('no title');
    if (document.querySelectorAll('h1').length !== 1) faults.push(`${document.querySelectorAll('h1').length} headings of the first level`);
    if (document.querySelectorAll('[style]').length > 0) faults.push('an inline style');
    if (!document.querySelector('footer a[href^="/quyen-rieng-tu"]') && root.className !== 'sheet') faults.push('no link to the page on privacy');
    // An English page must not hold Vietnamese sentences; names of units and quoted words stay as they are.
    if (lang === 'en') {
      const own = [...document.querySelectorAll('button, header nav a, footer p, footer a, p.privacy')].map((one) => one.textContent);
      faults.push(...own.filter((text) => /[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/i.test(text)).map((text) => `in Vietnamese: “${text.slice(0, 40)}”`));
    }
    return faults;
  }, lang);
}
