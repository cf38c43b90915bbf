import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits until `look` gives something (neither undefined nor false), looking often. For facts that other processes or servers make; the limit only
 * decides when to give up, never whether a test passes.
 */
export async function eventually<T>(
  what: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
  limitMs = 20_000,
): Promise<T> {
  const until = performance.now() + limitMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > until) throw new Error(`waited ${limitMs} ms in vain: ${what}`);
    await sleep(10);
  }
}
