/** The player moves as its keys promise, on a recording as the carrier delivers them, with the levels that the server works out. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { conversationSound } from '../../dialer/adapters/phone-network/index.ts';
import { peaksOf } from '../../src/http/media.ts';
import { fixtureRig } from './fixture-rig.ts';
import { ids } from './fixtures/people.ts';

const rig = fixtureRig();
const second = 16_000;
/** Talk, four seconds in which nobody speaks (the customer looks for the bill), talk. */
const held = { from: 12, to: 16 };
const lasts = 20;

function recording(): Buffer {
  const sound = conversationSound(7, lasts * 1000);
  sound.fill(0xff, 44 + held.from * second, 44 + held.to * second);
  return sound;
}

/** The judge's page with that recording, ready to be played. */
async function open(): Promise<Page> {
  const sound = recording();
  const folder = await mkdtemp(join(tmpdir(), 'fairline-sound-'));
  const file = join(folder, 'sound.wav');
  await writeFile(file, sound);
  const levels = await peaksOf(file, 2000).finally(() => rm(folder, { recursive: true }));
  const { context, open: openPage } = rig();
  await context.route('**/media?*', (route) => route.fulfill({ body: sound, contentType: 'audio/wav' }));
  await context.route('**/peaks?*', (route) => route.fulfill({ json: levels }));
  const page = await openPage('inspector', `/inspections/${ids.inspection}`);
  await page.locator('[data-testid="play"]:enabled').waitFor();
  return page;
}

type Moment = { ms: number; at: number };

/** Where the cursor is on the waveform, in seconds of the recording, many times in so many milliseconds. */
const watch = (page: Page, forMs: number): Promise<Moment[]> =>
  page.evaluate(
    ({ forMs, lasts }) =>
      new Promise<Moment[]>((done) => {
        const root = document.querySelector('[data-testid="waveform"] > div')?.shadowRoot;
        const cursor = root?.querySelector<HTMLElement>('[part="cursor"]');
        const seen: Moment[] = [];
        const begun = performance.now();
        const look = () => {
          const ms = performance.now() - begun;
          seen.push({ ms, at: (Number.parseFloat(cursor?.style.left ?? '') / 100) * lasts });
          if (ms < forMs) requestAnimationFrame(look);
          else done(seen);
        };
        look();
      }),
    { forMs, lasts },
  );

/** Seconds of the recording in a second of the clock, from the first move on. */
function speedOf(moments: readonly Moment[]): number {
  const moving = moments.filter(({ at }) => at > (moments[0]?.at ?? 0) + 0.2);
  const [first, last] = [moving[0], moving.at(-1)];
  return first && last ? ((last.at - first.at) / (last.ms - first.ms)) * 1000 : 0;
}

const seek = (page: Page, to: number) => page.locator('#player-position').fill(String(to));

test('speed, loop and the jump over silence do what they say; the waveform stays as wide as its slider', async () => {
  const page = await open();
  const { keyboard } = page;

  await keyboard.press(' ');
  expect(speedOf(await watch(page, 1200))).toBeCloseTo(1, 0.7);
  for (const key of ['.', '.']) await keyboard.press(key);
  expect(speedOf(await watch(page, 1500))).toBeCloseTo(1.5, 0.7);
  await keyboard.press(' ');

  // The last eight seconds before the playhead are heard again: here the first three, there is no more.
  await seek(page, 3);
  await keyboard.press('l');
  await seek(page, 2);
  await keyboard.press(' ');
  const round = (await watch(page, 2500)).map(({ at }) => at);
  const back = round.findIndex((at, index) => at < (round[index - 1] ?? 0) - 2);
  expect(back, 'it came back').toBeGreaterThan(0);
  expect(Math.max(...round)).toBeLessThan(5);
  expect(round[back]).toBeLessThan(1);
  expect(round.at(-1)).toBeGreaterThan(0.5);
  await keyboard.press('l');
  await keyboard.press(' ');

  await seek(page, 11);
  await keyboard.press(' ');
  expect(
    (await watch(page, 1500)).some(({ at }) => at > 12.5 && at < 15),
    'silence is played as it is',
  ).toBe(true);
  await keyboard.press(' ');
  await keyboard.press('s');
  await seek(page, 11);
  await keyboard.press(' ');
  const over = (await watch(page, 1500)).map(({ at }) => at);
  expect(over.filter((at) => at > held.from + 1 && at < held.to - 0.5)).toEqual([]);
  expect(over.at(-1)).toBeGreaterThan(held.to - 0.3);

  await keyboard.press(' ');
  await page.getByTestId('play').getByText('Play').waitFor();
  // Other colours change nothing of what is heard.
  const heard = await page.locator('.player-heard').innerText();
  const at = await page.locator('#player-position').inputValue();
  await page.getByTestId('switch-appearance').click();
  await page.locator('html[data-appearance="dark"]').waitFor();
  expect(await page.locator('.player-heard').innerText()).toBe(heard);
  expect(await page.locator('#player-position').inputValue()).toBe(at);

  for (const width of [1920, 900, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    expect(await page.evaluate(besideSlider), `at ${width} px`).toBeLessThan(4);
  }
});

/** How far the drawn waveform ends beside its slider, once the window has been drawn with its new width: nobody sees it lag behind. */
async function besideSlider(): Promise<number> {
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
  const root = document.querySelector('[data-testid="waveform"] > div')?.shadowRoot;
  const drawn = [...(root?.querySelectorAll('[part="canvases"] canvas') ?? [])];
  const slider = document.querySelector('#player-position');
  const edges = (things: readonly (Element | null)[]) => {
    const boxes = things.map((one) => one?.getBoundingClientRect());
    return [Math.min(...boxes.map((box) => box?.left ?? 0)), Math.max(...boxes.map((box) => box?.right ?? 0))];
  };
  const [wave, rail] = [edges(drawn), edges([slider])];
  return Math.max(...wave.map((edge, index) => Math.abs(edge - (rail[index] ?? 0))));
}

test('the transcript goes with the sound: a line or a finding leads to its second, arrow keys from line to line', async () => {
  const page = await open();
  const lines = page.getByTestId('transcript').locator('li');
  const current = page.getByTestId('transcript').locator('[aria-current]');
  const clock = page.getByTestId('playhead');
  await lines.nth(1).locator('button').click();
  await clock.getByText('0:08 /').waitFor();
  await current.getByText('是的，你说。').waitFor();
  expect(await current.count()).toBe(1);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await clock.getByText('0:14 /').waitFor();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await clock.getByText('0:08 /').waitFor();
  await seek(page, 15);
  await current.getByText('炫铃随心听').waitFor();
  // One stop of the Tab key, and it is the line that is spoken.
  expect(await lines.locator('button[tabindex="0"]').allInnerTexts()).toEqual([expect.stringContaining('炫铃随心听')]);
  const findings = page.getByTestId('findings');
  expect(await findings.locator('li').allInnerTexts()).toEqual([
    'Tariff not heard in the whole call',
    'Words of refusal at 0:22: “不需要”',
  ]);
  await findings.getByRole('button').click();
  await clock.getByText('0:20 /').waitFor();
});

test('of a recording without one the desk says whether one is to come', async () => {
  const { context } = rig();
  const answer = (expected: boolean) =>
    context.route('**/transcript', (route) => route.fulfill({ json: { transcript: null, expected } }));
  await answer(false);
  const page = await open();
  await page.getByTestId('no-transcript').getByText('No speech engine is connected.').waitFor();
  await answer(true);
  await page.reload();
  await page.getByTestId('no-transcript').getByText('yet').waitFor();
});
