import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import twilio from 'twilio';
import { describe, expect, test } from 'vitest';
import { soundOf } from '../../../dialer/adapters/telephony/sandbox/audio/conversation.ts';
import { fromMulaw, toMulaw } from '../../../dialer/adapters/telephony/sandbox/audio/mulaw.ts';
import { DialGate } from '../../../dialer/adapters/telephony/sandbox/calls/dial-gate.ts';
import { manualClock } from '../../../dialer/adapters/telephony/sandbox/clock.ts';
import { stretchesOf } from '../../../dialer/adapters/telephony/sandbox/recordings/stretches.ts';
import { parseXml, textOf } from '../../../dialer/adapters/telephony/sandbox/twiml/xml.ts';
import { readOverrides } from '../../../dialer/adapters/telephony/sandbox/webhooks/overrides.ts';
import { signForm } from '../../../dialer/adapters/telephony/sandbox/webhooks/signature.ts';
import { ACCOUNT, client, TOKEN } from './rig.ts';

describe('signatures', () => {
  test('the official package accepts every one, with repeated, empty and foreign values', () => {
    const word = fc.string({ unit: 'grapheme', maxLength: 12 });
    const value = fc.oneof(word, fc.array(word, { minLength: 1, maxLength: 4 }));
    const params = fc.dictionary(word, value, { noNullPrototype: true });
    fc.assert(
      fc.property(params, word, (form, query) => {
        const url = `https://dialler.example/hook?q=${encodeURIComponent(query)}&x='y'`;
        expect(twilio.validateRequest(TOKEN, signForm(TOKEN, url, form), url, form)).toBe(true);
        expect(twilio.validateRequest('other', signForm(TOKEN, url, form), url, form)).toBe(false);
      }),
    );
  });
});

describe('overrides', () => {
  const usual = { connectMs: 5_000, readMs: 15_000, totalMs: 15_000, retries: 1, retryOn: new Set(['ct']) };
  test.each([
    ['', usual],
    ['#rc=9&ct=1&rt=99999&tt=200', { ...usual, connectMs: 100, totalMs: 200, retries: 5 }],
    ['#rp=5xx,ct,rt&rc=0', { ...usual, retries: 0, retryOn: new Set(['5xx', 'ct', 'rt']) }],
    ['#rc=two&rp=all', { ...usual, retryOn: new Set(['all']) }],
  ])('%s', (fragment, overrides) => {
    expect(readOverrides(`http://a/x${fragment}`)).toEqual({ url: 'http://a/x', overrides });
  });
});

describe('documents', () => {
  test.each([
    '',
    'text',
    '<Response>',
    '<Response></response>',
    '<Response/><Response/>',
    '<Response a=1/>',
    '<Response a="1" a="2"/>',
    '<Response>&nope;</Response>',
    '<Response>a & b</Response>',
    '\n<?xml version="1.0"?><Response/>',
    '<Response><!-- </Response>',
  ])('not well-formed: %s', (text) => {
    expect(parseXml(text).ok).toBe(false);
  });

  test('text, entities, CDATA and comments come through; attributes are decoded', () => {
    const inside = '<Say v="&quot;&#x4f60;">a&amp;b<![CDATA[<c>]]><!-- d --></Say>';
    const read = parseXml(`<?xml version="1.0"?>\n<!-- x --><Response>${inside}</Response>\n`);
    expect(read.ok && textOf(read.root)).toBe('a&b<c>');
    expect(read.ok && read.root.children[0]).toMatchObject({ name: 'Say', attributes: { v: '"你' } });
  });

  test('what the official builder writes is read back, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
        const clean = text.replace(/[^\t\x20-\ud7ff\ue000-\ufffd]/g, '');
        const response = new twilio.twiml.VoiceResponse();
        response.say(clean);
        const read = parseXml(response.toString());
        expect(read.ok && textOf(read.root)).toBe(clean);
      }),
    );
  });

  test('never throws on any text', () => {
    const any = fc.string({ unit: 'binary' });
    fc.assert(fc.property(any, (text) => typeof parseXml(`<Response>${text}`).ok === 'boolean'));
  });
});

describe('sound', () => {
  test('mu-law keeps a sample within its step', () => {
    fc.assert(
      fc.property(fc.integer({ min: -32_000, max: 32_000 }), (sample) => {
        const [byte = 0] = toMulaw(Int16Array.of(sample));
        expect(Math.abs(fromMulaw(byte) - sample)).toBeLessThanOrEqual(Math.max(8, Math.abs(sample) / 16));
      }),
    );
  });

  test('any window of a conversation has the same samples as the whole', () => {
    const scene = fc.record({
      seed: fc.nat(),
      kind: fc.constantFrom('talk', 'alone', 'hold', 'message', 'machine', 'silence'),
      far: fc.constantFrom('person', 'machine', 'desk'),
      side: fc.constantFrom('far', 'near'),
      sceneMs: fc.nat(60_000),
      from: fc.nat(7_000),
    });
    fc.assert(
      fc.property(scene, ({ seed, kind, far, side, sceneMs, from }) => {
        const profile = { seed, far, greetingMs: 4_000 };
        const stretch = { kind, sceneMs, callMs: sceneMs + 1_500, ms: 1_000 };
        const whole = soundOf(profile, stretch, side, 0, 8_000);
        const part = soundOf(profile, stretch, side, from, 1_000);
        expect(Buffer.from(part.buffer).equals(Buffer.from(whole.slice(from, from + 1_000).buffer))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('stretches add up to the recorded time without its skipped pauses', () => {
    const at = fc.nat(60_000);
    const marks = fc.array(at, { maxLength: 6 });
    fc.assert(
      fc.property(marks, marks, at, fc.boolean(), (changes, edges, startedAt, keepSilence) => {
        const scenes = [0, ...changes].sort((a, b) => a - b).map((atMs) => ({ atMs, kind: 'talk' as const }));
        const sorted = edges.map((one) => Math.max(one, startedAt)).sort((a, b) => a - b);
        const pauses = [];
        for (let i = 0; i + 1 < sorted.length; i += 2)
          pauses.push({ from: sorted[i] ?? 0, to: sorted[i + 1] ?? 0, keepSilence });
        const stretches = stretchesOf({ startedAt, pauses }, { scenes, answeredAt: 0 }, 60_000);
        const paused = pauses.reduce((sum, one) => sum + one.to - one.from, 0);
        const total = stretches.reduce((sum, one) => sum + one.ms, 0);
        expect(total).toBe(60_000 - startedAt - (keepSilence ? 0 : paused));
      }),
    );
  });
});

describe('calls per second', () => {
  test('over any span no more calls are dialled than allowed, beyond one second of burst', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.array(fc.nat(400), { maxLength: 60 }), (cps, gaps) => {
        const clock = manualClock(1_000_000);
        const gate = new DialGate(cps, Number.POSITIVE_INFINITY, clock);
        const dialled = gaps.map((gap) => {
          clock.advance(gap);
          return clock.now() + gate.take();
        });
        dialled.forEach((from, first) => {
          dialled.slice(first).forEach((to, count) => {
            expect(count + 1).toBeLessThanOrEqual(((to - from) / 1_000) * cps + cps + 1);
          });
        });
      }),
    );
  });
});

describe('the program', () => {
  const program = fileURLToPath(new URL('../../../dialer/adapters/telephony/sandbox/main.ts', import.meta.url));
  const start = (args: string[]) =>
    fork(program, args, { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const needed = ['--account', ACCOUNT, '--token', TOKEN];

  test('tells its address, serves the official client, and ends with its parent', async () => {
    const child = start([
      ...needed,
      '--port',
      '0',
      '--seed',
      '3',
      '--speed',
      '50',
      '--faults',
      'amd-wrong=0.5',
      '--quiet',
    ]);
    const ready = await new Promise<unknown>((done) => child.once('message', done));
    const { listening } = Object(ready);
    expect(listening).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await client(listening).calls.list()).toEqual([]);
    const ended = new Promise<number | null>((done) => child.once('exit', done));
    child.disconnect();
    expect(await ended).toBe(0);
  });

  test.each([
    [[...needed, '--faults', 'storm'], 'cannot read "storm"'],
    [[...needed, '--scenario', 'rain'], '"rain" is none of steady'],
    [[...needed, '--numbers', '/no/such.json'], '--numbers: /no/such.json cannot be read'],
    [[...needed, '--cps', '0'], '--cps must be 0.001 or more'],
    [['--account', 'AC12', '--token', 'x'], '--account must be AC and 32 hex digits'],
  ])('%j ends with 2 and says why', async (args, reason) => {
    const child = start(args);
    let text = '';
    child.stderr?.on('data', (chunk) => {
      text += String(chunk);
    });
    expect(await new Promise((done) => child.once('close', done))).toBe(2);
    expect(text).toContain(reason);
  });
});
