/** What the people on a call hear, over time, for tests in a running browser. */
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { WebSocketServer } from 'ws';

/** A moment of somebody's ear; `at` in epoch ms: server and browser have the same clock here. */
type Moment = { at: number; loud: boolean };
export type Ear = { moments: Moment[]; close: () => void };

const EVERY_MS = 50;

/** The meter of a page's phone, which must be open, as long as the page is. */
export async function earOf(page: Page): Promise<Ear> {
  const moments: Moment[] = [];
  await page.exposeFunction('heardNow', (at: number, level: number) => moments.push({ at, loud: level > 0.05 }));
  await page.evaluate((every) => {
    setInterval(() => {
      const meter = document.querySelector<HTMLMeterElement>('[data-testid="heard-level"]');
      const tell: unknown = Reflect.get(window, 'heardNow');
      if (meter !== null && typeof tell === 'function') tell(Date.now(), meter.value);
    }, every);
  }, EVERY_MS);
  return { moments, close: () => {} };
}

/** Both sides of a leg at the carrier, by its media stream: what its party says, and what it hears. */
export async function earAtCarrier(
  begin: (url: string) => Promise<unknown>,
): Promise<{ says: Ear; hears: Ear; close: () => void }> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  const [says, hears]: [Moment[], Moment[]] = [[], []];
  server.on('connection', (socket) => {
    socket.on('message', (data) => {
      const { event, media } = JSON.parse(String(data));
      if (event !== 'media') return;
      // mu-law: large amplitudes have small numbers in their lower seven bits.
      const loud = Buffer.from(media.payload, 'base64').some((byte) => (byte & 0x7f) < 64);
      (media.track === 'inbound' ? says : hears).push({ at: Date.now(), loud });
    });
  });
  await new Promise((done) => server.once('listening', done));
  const address: AddressInfo | string | null = server.address();
  await begin(`ws://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`);
  const close = () => {
    for (const socket of server.clients) socket.terminate();
    server.close();
  };
  return { says: { moments: says, close }, hears: { moments: hears, close }, close };
}

/** Nothing was heard for so long before and after; sound takes its time from ear to ear. */
function silentAround({ moments }: Ear, at: number, ms = 700): boolean {
  const near = moments.filter((one) => Math.abs(one.at - at) <= ms);
  const known = near.some((one) => one.at < at - ms / 2) && near.some((one) => one.at > at + ms / 2);
  return known && near.every((one) => !one.loud);
}

/** A moment after `since` in which one ear heard something while others heard nothing. */
export const heardAlone = (ear: Ear, silent: readonly Ear[], since = 0): boolean =>
  ear.moments.some(({ at, loud }) => loud && at > since && silent.every((other) => silentAround(other, at)));

/** The longest time without a sound after `since`. */
export function longestSilence({ moments }: Ear, since: number): number {
  let longest = 0;
  let from = since;
  for (const { at, loud } of moments) {
    if (at < since) continue;
    longest = Math.max(longest, at - from);
    if (loud) from = at;
  }
  return longest;
}
