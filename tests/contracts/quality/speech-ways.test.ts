/** Every way in which a transcript comes: an engine over HTTP, a command on this server, the sandbox. One suite for all. */
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { composeSpeech } from '../../../src/compose/speech.ts';
import { useTestDatabase } from '../../support/database.ts';
import { type House, makeHouse } from '../../flows/http/house.ts';
import { type HttpRig, openHttpRig } from '../../flows/http/rig.ts';

/** Tells of the file it was given: its format, and that it ends where the recording ends. */
const script = `
import { readFileSync } from 'node:fs';
const [file, behave] = process.argv.slice(2);
if (behave === 'fail') { console.error('heard: a secret'); process.exit(3); }
if (behave === 'babble') { console.log('it was a good call'); process.exit(0); }
if (behave === 'wait') { await new Promise((done) => setTimeout(done, 60_000)); }
const wav = readFileSync(file);
const [channels, rate, bits] = [wav.readUInt16LE(22), wav.readUInt32LE(24), wav.readUInt16LE(34)];
const ms = Math.round((wav.length - 44) / (channels * bits / 8) / rate * 1000);
console.log('WEBVTT\\n\\n00:00.100 --> 00:00:' + String(ms / 1000).padStart(2, '0') + '.000\\n' + [channels, rate, bits, ms].join(' '));
`;

describe.each(['http', 'command', 'sandbox'] as const)('a transcript by %s', (way) => {
  const database = useTestDatabase();
  let rig: HttpRig;
  let house: House;
  let sha256 = '';
  let engine = '';
  const client = () => database().database.client;

  beforeAll(async () => {
    rig = await openHttpRig(database());
    house = await makeHouse(rig);
    const { centreId, campaignId, agentId, attemptId, recordingId } = house;
    engine = join(rig.folder, 'engine.mjs');
    await writeFile(engine, script);
    sha256 = createHash('sha256')
      .update(await readFile(join(rig.folder, 'recordings', 'a.wav')))
      .digest('hex');
    const now = new Date(rig.clock.now());
    await client().recording.update({ where: { id: recordingId }, data: { sha256 } });
    await client().conversation.create({
      data: {
        ...{
          attemptId,
          campaignId,
          agentId,
          recordingId,
          contactId: attemptId,
          purpose: 'marketing',
          settingsVersion: 1,
        },
        ...{ connectedAt: now, endedAt: now, talkMs: 2_000, day: now, disposition: 'sale' },
      },
    });
    await rig.makeUser({ username: 'engine', role: 'speech-engine', centreId });
  });
  beforeEach(async () => {
    await client().transcriptTry.deleteMany();
    await client().inspection.deleteMany();
  });
  afterAll(() => rig.close());

  const want = () => {
    const { campaignId, agentId, attemptId, recordingId } = house;
    const now = new Date(rig.clock.now());
    const about = { kind: 'daily', state: 'drawn', reason: 'by-lot', formId: 'valid-marketing', formVersion: 1 };
    return client().inspection.create({
      data: { ...about, recordingId, attemptId, campaignId, agentId, drawnAt: now, deadlineAt: now },
    });
  };

  const speech = (behave = '') => {
    const made = composeSpeech({
      ...{
        database: rig.services.database,
        dialer: rig.services.dialer,
        transcripts: rig.services.quality.transcripts,
        clock: rig.clock,
      },
      ...{
        command: way === 'command' ? `${process.execPath} ${engine} {file} ${behave}` : undefined,
        sandbox: way === 'sandbox',
        folder: rig.folder,
      },
    });
    if (made === null) throw new Error('there is no engine');
    return made;
  };

  /** The whole round of an engine: looks what waits, hears it, says what was said. Answers how many came through. */
  async function round(behave = '', signal = new AbortController().signal): Promise<number> {
    let came = 0;
    if (way !== 'http') {
      await speech(behave).run(signal, async (each) => {
        if ('transcriptId' in each) came += 1;
      });
      return came;
    }
    const browser = await rig.signedIn('engine');
    const { body } = await browser.ask('GET', '/api/transcription/recordings');
    for (const { recordingId, sha256: recordingSha256 } of (
      body as { items: { recordingId: string; sha256: string }[] }
    ).items) {
      const at = `/api/transcription/recordings/${recordingId}`;
      const segments = [];
      for (const channel of ['agent', 'customer']) {
        const { raw } = await browser.ask('GET', `${at}/media?channel=${channel}`);
        segments.push({ channel, startMs: 100, endMs: 2_000, text: `${raw.readUInt16LE(22)} channel` });
      }
      const told = {
        language: 'en',
        engine: { name: 'round', version: '1' },
        recordingSha256,
        heardUntilMs: 2_000,
        segments,
      };
      const { status } = await browser.ask('POST', `${at}/transcripts`, told);
      if (status === 201) came += 1;
    }
    return came;
  }

  test('there is none of what nobody is to judge', async () => {
    expect(await round()).toBe(0);
  });

  test('there is one of what somebody is to judge, of both sides, to the end, with its engine’s name and the hash of the sound', async () => {
    await want();
    expect(await round()).toBe(1);
    const found = await rig.services.quality.transcripts.read(house.recordingId);
    const expected = { http: ['round', '1'], command: ['node', 'command'], sandbox: ['sandbox', 'written, not heard'] };
    const [name, version] = expected[way];
    expect(found).toMatchObject({
      sameSound: true,
      transcript: { way, engine: name, engineVersion: version, recordingSha256: sha256, heardUntilMs: 2_000 },
    });
    const segments = found?.transcript.segments ?? [];
    expect(new Set(segments.map(({ channel }) => channel))).toEqual(
      new Set(way === 'sandbox' ? ['customer'] : ['agent', 'customer']),
    );
    for (const { startMs, endMs } of segments)
      expect([startMs >= 0, endMs >= startMs, endMs <= 2_000]).toEqual([true, true, true]);
    if (way === 'command') expect(segments.map(({ text }) => text)).toEqual(['1 16000 16 2000', '1 16000 16 2000']);
    if (way === 'sandbox') expect(segments.map(({ text }) => text)).toEqual(['Yes, I agree.']);
  });

  test('there is no second one, however often the engine looks', async () => {
    await want();
    expect(await round()).toBe(0);
    expect(await client().transcript.count()).toBe(1);
  });

  const sounds = async () => (await readdir(rig.folder)).filter((name) => name.startsWith('fairline-speech-')).sort();

  /** A second recording that waits, of the same sound. */
  async function elsewhere(): Promise<string> {
    const { campaignId, agentId, attemptId } = house;
    const { contactId } = await client().attempt.findUniqueOrThrow({ where: { id: attemptId } });
    const now = new Date(rig.clock.now());
    const place = { campaignId, contactId, number: '+12125550123', callerId: '+12125550190', mode: 'manual' };
    const attempt = await client().attempt.create({
      data: { ...place, settingsVersion: 1, state: 'ended', live: false, agentId, intendedAt: now },
    });
    const sound = { state: 'stored', talkStartedAt: now, durationMs: 2_000, channels: 2, sha256, path: 'a.wav' };
    const { id } = await client().recording.create({ data: { attemptId: attempt.id, campaignId, agentId, ...sound } });
    const about = { kind: 'daily', state: 'drawn', reason: 'by-lot', formId: 'valid-marketing', formVersion: 1 };
    await client().inspection.create({
      data: { ...about, recordingId: id, attemptId: attempt.id, campaignId, agentId, drawnAt: now, deadlineAt: now },
    });
    return id;
  }

  if (way !== 'command') return;

  test('a command that fails is tried again, later and later, and given up in the end', async () => {
    const other = await elsewhere();
    const tried: unknown[] = [];
    for (const behave of ['fail', 'babble', 'fail', 'fail', 'fail', 'fail']) {
      await round(behave);
      const row = await client().transcriptTry.findUniqueOrThrow({ where: { recordingId: other } });
      tried.push([row.tries, row.problem, row.nextTryAt === null ? null : row.nextTryAt.getTime() - rig.clock.now()]);
      // Not again before its time.
      await round(behave);
      await rig.clock.advance(row.nextTryAt === null ? 0 : row.nextTryAt.getTime() - rig.clock.now());
    }
    expect(tried).toEqual([
      [1, 'speech-command-failed', 60_000],
      [2, 'speech-output-invalid', 600_000],
      [3, 'speech-command-failed', 3_600_000],
      [4, 'speech-command-failed', 21_600_000],
      [5, 'speech-command-failed', null],
      [5, 'speech-command-failed', null],
    ]);
    expect(JSON.stringify(await client().transcriptTry.findMany())).not.toContain('secret');
  });

  test('a command that is ended because the process ends is no failed try, and its files are gone', async () => {
    const other = await elsewhere();
    const before = await sounds();
    const ending = new AbortController();
    const running = round('wait', ending.signal);
    await expect.poll(async () => (await sounds()).length).toBeGreaterThan(before.length);
    ending.abort();
    expect(await running).toBe(0);
    expect(await client().transcriptTry.count({ where: { recordingId: other } })).toBe(0);
    expect(await sounds()).toEqual(before);
  });
});
