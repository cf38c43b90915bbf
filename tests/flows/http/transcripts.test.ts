/** A speech engine of the operator's own: it lists what waits, fetches the sound, delivers; and what people then may read. */
import { createHash, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { routes } from '../../../src/contract/routes.ts';
import { useTestDatabase } from '../../support/database.ts';
import { type House, makeHouse } from './house.ts';
import { type Browser, type HttpRig, openHttpRig } from './rig.ts';

const words = 'please do not charge me';
const told = {
  language: 'en-US',
  engine: { name: 'somebody’s engine', version: '3.1' },
  heardUntilMs: 2_000,
  segments: [
    { channel: 'agent', startMs: 0, endMs: 900, text: 'am I speaking with the owner', confidence: 0.9 },
    { channel: 'customer', startMs: 1_000, endMs: 1_900, text: `not interested, ${words}`, confidence: null },
  ],
};

const readShape = z.object({
  transcript: z.object({
    segments: z.array(z.unknown()),
    findings: z.object({ found: z.array(z.unknown()) }).nullable(),
  }),
});

describe('a transcript from a speech engine', () => {
  const database = useTestDatabase();
  let rig: HttpRig;
  let house: House;
  let engine: Browser;
  let sha256 = '';
  const client = () => database().database.client;
  const at = (id = house.recordingId) => `/api/transcription/recordings/${id}`;
  const deliver = (change: object = {}, by = engine) =>
    by.ask('POST', `${at()}/transcripts`, { ...told, recordingSha256: sha256, ...change });
  const read = async (username: string) =>
    (await rig.signedIn(username)).ask('GET', `/api/recordings/${house.recordingId}/transcript`);
  const audited = (action: string) => client().auditEntry.count({ where: { action, subjectId: house.recordingId } });

  beforeAll(async () => {
    rig = await openHttpRig(database());
    house = await makeHouse(rig);
    const { centreId, campaignId, agentId, attemptId, recordingId } = house;
    sha256 = createHash('sha256')
      .update(await readFile(join(rig.folder, 'recordings', 'a.wav')))
      .digest('hex');
    const now = new Date(rig.clock.now());
    await client().recording.update({ where: { id: recordingId }, data: { sha256 } });
    const inspector = await client().user.findUniqueOrThrow({ where: { username: 'inspector' } });
    await client().inspection.create({
      data: {
        ...{ kind: 'daily', state: 'assigned', reason: 'by-lot', formId: 'valid-marketing', formVersion: 1 },
        ...{ recordingId, attemptId, campaignId, agentId, assignedTo: inspector.id, drawnAt: now, deadlineAt: now },
      },
    });
    await rig.makeUser({ username: 'engine', role: 'speech-engine', centreId });
    const elsewhere = await client().centre.create({ data: { name: 'Elsewhere', timeZone: 'UTC', workWeek: [1] } });
    await rig.makeUser({ username: 'engine-elsewhere', role: 'speech-engine', centreId: elsewhere.id });
    await rig.makeUser({ username: 'engine-nowhere', role: 'speech-engine' });
    engine = await rig.signedIn('engine');
  });
  afterAll(() => rig.close());

  test('the engine’s account can do this and nothing else', async () => {
    const reached: string[] = [];
    for (const [key, { right }] of Object.entries(routes)) {
      const [method = '', path = ''] = key.split(' ');
      if (right === 'public' || path === '/api/session') continue;
      const { status } = await engine.ask(
        method as 'GET',
        path.replace(':id', randomUUID()),
        method === 'GET' ? undefined : {},
      );
      if (status !== 403) reached.push(key);
    }
    expect(reached).toEqual([
      'GET /api/transcription/recordings',
      'GET /api/transcription/recordings/:id/media',
      'POST /api/transcription/recordings/:id/transcripts',
    ]);
  });

  test('it finds what somebody is to judge in its own centre, page by page, and hears it; others find nothing', async () => {
    const waiting = { recordingId: house.recordingId, sha256, durationMs: 2_000, language: 'en-GB' };
    const list = '/api/transcription/recordings';
    expect(await engine.ask('GET', list)).toMatchObject({ status: 200, body: { items: [waiting], next: null } });
    const past = `${rig.clock.now()}_${house.recordingId}`;
    expect(await engine.ask('GET', `${list}?after=${past}`)).toMatchObject({ body: { items: [] } });
    expect(await engine.ask('GET', `${list}?after=x`)).toMatchObject({
      status: 400,
      body: { field: 'querystring.after' },
    });
    const sound = await engine.ask('GET', `${at()}/media`);
    expect(createHash('sha256').update(sound.raw).digest('hex')).toBe(sha256);
    expect((await engine.ask('GET', `${at()}/media?channel=customer`)).status).toBe(200);
    expect(await audited('recording-fetched')).toBe(2);
    for (const name of ['engine-elsewhere', 'engine-nowhere']) {
      const stranger = await rig.signedIn(name);
      expect(await stranger.ask('GET', list)).toMatchObject({ body: { items: [] } });
      expect(await stranger.ask('GET', `${at()}/media`)).toMatchObject({ status: 404 });
      expect(await deliver({}, stranger)).toMatchObject({ status: 404, body: { code: 'recording-unknown' } });
    }
    // What nobody is to judge is nobody's to fetch.
    await client().inspection.updateMany({ data: { state: 'closed' } });
    expect(await engine.ask('GET', list)).toMatchObject({ body: { items: [] } });
    expect(await engine.ask('GET', `${at()}/media`)).toMatchObject({ status: 404 });
    expect(await deliver()).toMatchObject({ status: 404 });
    await client().inspection.updateMany({ data: { state: 'assigned' } });
  });

  test('before it there is none, and the page can say that one is expected', async () => {
    expect(await read('inspector')).toMatchObject({ status: 200, body: { transcript: null, expected: true } });
  });

  const one = told.segments[0];
  test.each<[string, object, number, string]>([
    ['another sound', { recordingSha256: 'f'.repeat(64) }, 422, 'body.recordingSha256'],
    ['no hash', { recordingSha256: 'f' }, 400, 'body.recordingSha256'],
    ['a language by name', { language: 'English' }, 400, 'body.language'],
    ['no engine', { engine: { name: ' ', version: '1' } }, 400, 'body.engine.name'],
    ['a channel that is none', { segments: [one, { ...one, channel: 'left' }] }, 400, 'body.segments.1.channel'],
    ['an end before its beginning', { segments: [{ ...one, startMs: 901 }] }, 400, 'body.segments.0.endMs'],
    ['an end after the recording’s', { segments: [one, { ...one, endMs: 7_001 }] }, 422, 'body.segments.1.endMs'],
    ['more heard than there is', { heardUntilMs: 7_001 }, 422, 'body.heardUntilMs'],
    ['certainty beyond one', { segments: [{ ...one, confidence: 98 }] }, 400, 'body.segments.0.confidence'],
    ['a sentence without end', { segments: [{ ...one, text: 'a'.repeat(4_001) }] }, 400, 'body.segments.0.text'],
    ['too many segments', { segments: Array(5_001).fill({ ...one, text: '' }) }, 400, 'body.segments'],
  ])('%s is refused, and the field is named', async (_what, change, status, field) => {
    expect(await deliver(change)).toMatchObject({ status, body: { field } });
    expect(await client().transcript.count()).toBe(0);
  });

  test('more than the longest body is refused as a whole', async () => {
    const segments = Array(300).fill({ ...one, text: 'a'.repeat(4_000) });
    expect(await deliver({ segments })).toMatchObject({ status: 413 });
  });

  test('it is taken once however often it comes, and another one supersedes it', async () => {
    const [first, again] = [await deliver(), await deliver({ madeAt: rig.clock.now() - 1 })];
    expect(first).toMatchObject({ status: 201 });
    expect(again.body).toEqual(first.body);
    expect(await client().transcript.count()).toBe(1);
    expect(await audited('transcript-delivered')).toBe(1);
    expect(await engine.ask('GET', '/api/transcription/recordings')).toMatchObject({ body: { items: [] } });
    await deliver({ engine: { name: 'somebody’s engine', version: '3.2' } });
    expect(await read('inspector')).toMatchObject({
      body: { transcript: { superseded: 1, engine: { version: '3.2' } } },
    });
    expect(await client().transcript.count()).toBe(2);
  });

  test('who may hear the recording may read it, each look is noted, and findings are for who judges', async () => {
    const looks = await audited('transcript-read');
    const transcript = { sameSound: true, way: 'http', language: 'en-US', segments: told.segments };
    const findings = {
      found: [
        { code: 'no-consent-words', heard: null },
        { code: 'tariff-not-heard', heard: null },
        { code: 'cancel-not-heard', heard: null },
        { code: 'refusal-words', heard: { segment: 1, atMs: 1_000, words: 'not interested' } },
      ],
      notKnown: [],
    };
    for (const name of ['inspector', 'manager'])
      expect(await read(name)).toMatchObject({ status: 200, body: { transcript: { ...transcript, findings } } });
    for (const name of ['agent', 'lead', 'client'])
      expect(await read(name)).toMatchObject({ status: 200, body: { transcript: { ...transcript, findings: null } } });
    for (const name of ['agent2', 'lead2', 'client2']) expect((await read(name)).status).toBe(404);
    expect((await read('admin')).status).toBe(403);
    expect(await audited('transcript-read')).toBe(looks + 5);
    const log = await client().auditEntry.findMany();
    expect(JSON.stringify(log.map(({ detail }) => detail))).not.toContain(words);
  });

  test('findings are of sales, and of calls of which nothing is noted yet: nobody else had to say tariff or consent', async () => {
    const { campaignId, agentId, attemptId, recordingId } = house;
    const now = new Date(rig.clock.now());
    await client().conversation.create({
      data: {
        ...{ campaignId, agentId, attemptId, recordingId, contactId: attemptId, purpose: 'marketing' },
        ...{ settingsVersion: 1, connectedAt: now, endedAt: now, talkMs: 2_000, day: now },
      },
    });
    const noted = (disposition: string | null) => client().conversation.updateMany({ data: { disposition } });
    const found: unknown[] = [];
    const inspector = await rig.signedIn('inspector');
    for (const disposition of ['refused', 'undecided', 'appointment', 'task', null, 'sale']) {
      await noted(disposition);
      const { body } = await inspector.ask('GET', `/api/recordings/${house.recordingId}/transcript`);
      const { transcript } = readShape.parse(body);
      found.push([disposition, transcript.segments.length, transcript.findings?.found.length ?? null]);
    }
    await client().conversation.deleteMany({});
    const [words, all] = [told.segments.length, 4];
    expect(found).toEqual([
      ...['refused', 'undecided', 'appointment', 'task'].map((other) => [other, words, null]),
      ...[null, 'sale'].map((sold) => [sold, words, all]),
    ]);
  });

  test('what is listened for is the centre’s: a new version from the one it was made of, and findings follow', async () => {
    const manager = await rig.signedIn('manager');
    const before = await manager.ask('GET', '/api/transcript-phrases');
    expect(before).toMatchObject({ status: 200, body: { version: 0, changedBy: null } });
    const own = before.body as { phrases: { en: object; zh: object } };
    const phrases = { ...own.phrases, en: { ...own.phrases.en, consent: ['charge me'], refusal: ['no way'] } };
    const put = (body: object) => manager.ask('PUT', '/api/transcript-phrases', body);
    expect(await put({ basedOn: 0, phrases: { ...phrases, zh: { ...own.phrases.zh, tariff: ['!'] } } })).toMatchObject({
      ...{ status: 422, body: { code: 'phrases-invalid', field: 'body.phrases.zh.tariff.0' } },
    });
    expect(await put({ basedOn: 0, phrases })).toMatchObject({
      status: 200,
      body: { version: 1, changedBy: { name: 'Name of manager' } },
    });
    expect(await put({ basedOn: 0, phrases })).toMatchObject({
      status: 409,
      body: { code: 'phrases-changed-meanwhile' },
    });
    expect(
      (await (await rig.signedIn('inspector')).ask('PUT', '/api/transcript-phrases', { basedOn: 1, phrases })).status,
    ).toBe(403);
    const { body } = await read('inspector');
    expect(body).toMatchObject({
      transcript: { findings: { rule: '1.1', found: [{ code: 'tariff-not-heard' }, { code: 'cancel-not-heard' }] } },
    });
  });

  test('nobody changes one, and its words go with the sound', async () => {
    const { pool } = database().database;
    for (const statement of [
      `update qa_transcript set language = 'zh'`,
      'update qa_transcript set segments = null',
      'delete from qa_transcript',
      'truncate qa_transcript',
      'delete from qa_phrase_table',
    ])
      await expect(pool.query(statement)).rejects.toThrow('append-only');
    const { id } = await client().transcript.findFirstOrThrow({ orderBy: { id: 'desc' } });
    await client().transcriptReading.create({
      data: { transcriptId: id, rule: '1.0', found: ['refusal-words'], at: new Date() },
    });
    await client().recording.update({ where: { id: house.recordingId }, data: { state: 'erased' } });
    expect(await read('manager')).toMatchObject({ body: { transcript: null } });
    const left = await pool.query('select * from qa_transcript');
    expect(left.rows).toMatchObject([
      { segments: null, engine_version: '3.1', recording_sha256: sha256 },
      { segments: null, engine_version: '3.2' },
    ]);
    expect(JSON.stringify(left.rows)).not.toContain(words);
    expect(await client().transcriptReading.count()).toBe(0);
    expect(await deliver({ language: 'de' })).toMatchObject({ status: 409, body: { code: 'recording-not-stored' } });
  });
});
