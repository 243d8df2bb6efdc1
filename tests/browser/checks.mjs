// Counts checks and prints one line for each.

export class Checks {
  passed = 0;
  failed = 0;

  // Runs one check: it holds unless `body` throws. Returns what the body returned, or undefined.
  async that(sentence, body) {
    try {
      const result = await body();
      this.passed += 1;
      console.log(`ok      ${sentence}`);
      return result;
    } catch (error) {
      this.failed += 1;
      console.log(`FAILED  ${sentence}\n        ${String(error?.message ?? error).split('\n').slice(0, 30).join('\n        ')}`);
      return undefined;
    }
  }

  summary() {
    return `${this.passed} passed, ${this.failed} failed`;
  }
}

// Throws with what was expected unless `condition` holds.
export function must(condition, message) {
  if (!condition) throw new Error(message);
}

// Throws unless both are the same value.
export function equal(actual, expected, what) {
  const [a, e] = [JSON.stringify(actual), JSON.stringify(expected)];
  must(a === e, `${what}: expected ${e}, got ${a}`);
}
