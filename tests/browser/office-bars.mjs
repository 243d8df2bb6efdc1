// The bars of pages on the way: every page that somebody comes to is looked at once.

import { axeFindings, enlarged, layoutFaults } from './bars.mjs';
import { must } from './checks.mjs';
import { picture } from './person.mjs';

export class Look {
  seen = new Map();

  // What the pictures are called by.
  constructor(family = 'office') {
    this.family = family;
  }

  // A function for Officer: looks at a page under a name, once.
  at = async (page, name) => {
    if (this.seen.has(name)) return;
    const faults = [];
    this.seen.set(name, faults);
    const before = page.viewportSize();
    const add = (bar, found) => faults.push(...found.map((fault) => `${name}, ${bar}: ${fault}`));
    for (const width of [320, 360]) {
      await page.setViewportSize({ width, height: 740 });
      add(`${width} px`, await layoutFaults(page));
    }
    add('letters twice as large', await enlarged(page, () => layoutFaults(page)));
    for (const colorScheme of ['dark', 'light']) {
      await page.emulateMedia({ colorScheme });
      add(`axe, 360 px, ${colorScheme}`, await axeFindings(page));
    }
    await page.emulateMedia({ colorScheme: null });
    await page.setViewportSize({ width: 1280, height: 800 });
    add('1280 px', await layoutFaults(page));
    add('axe, 1280 px', await axeFindings(page));
    await picture(page, `${this.family}-${name}`);
    await page.setViewportSize(before);
  };

  // One check over all pages.
  judge() {
    const faults = [...this.seen.values()].flat();
    must(faults.length === 0, `${faults.length} faults\n${faults.slice(0, 25).join('\n')}`);
    return this.seen.size;
  }
}

// Tab through the main part: every control that can be seen is reached, in the order of the page. How many there are.
export async function reachedByKeyboard(page) {
  const wanted = await page.evaluate(() => {
    const controls = [...document.querySelectorAll('main a[href], main button, main input:not([type=hidden]), main select, main textarea, main summary')];
    // Of a group of radios the keyboard stops at one.
    const names = new Set();
    const stops = controls.filter((one) => one.checkVisibility?.() !== false && !one.disabled
      && !(one.type === 'radio' && (names.has(one.name) || !names.add(one.name))));
    globalThis.stops = stops;
    globalThis.said = stops.map((one) => (one.labels?.[0]?.innerText || one.innerText || one.name).trim().slice(0, 40));
    document.activeElement?.blur();
    return globalThis.said;
  });
  const reached = [];
  let last = -1;
  for (let press = 0; press < wanted.length * 4 + 40 && reached.length < wanted.length; press += 1) {
    await page.keyboard.press('Tab');
    const place = await page.evaluate(() => {
      const active = document.activeElement;
      return globalThis.stops.findIndex((one) => one === active || (active.type === 'radio' && one.type === 'radio' && one.name === active.name));
    });
    // A date is several stops of one control.
    if (place >= 0 && place !== last) reached.push(wanted[place]);
    last = place;
  }
  must(JSON.stringify(reached) === JSON.stringify(wanted), `the keyboard reaches ${reached.join(' | ')}\ninstead of ${wanted.join(' | ')}`);
  return wanted.length;
}
