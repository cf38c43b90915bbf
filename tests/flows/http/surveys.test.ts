/** A questionnaire from its draft to what came of it: written at the campaign, answered in calls, counted, taken out. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { type FilledSheet, questionnaireVersion } from '../../../src/contract/surveys.ts';
import { callSheets } from '../../../src/http/call-sheets.ts';
import { useTestDatabase } from '../../support/database.ts';
import { type House, makeHouse } from './house.ts';
import { type Browser, type HttpRig, openHttpRig } from './rig.ts';

const words = (en: string) => ({ en, zh: '' });
const base = { required: true, options: [], scale: null, branches: [], otherwise: '@next' };
const option = (key: string, meaning: string | null = null) => ({ key, label: words(key), meaning });
/** How the last visit went, why where it did not go well, and a mark. */
const visit = {
  questions: [
    {
      ...{ ...base, key: 'content', kind: 'single', wording: words('Are you content?') },
      options: [option('very', 'satisfied'), option('fairly', 'fairly-satisfied'), option('not', 'not-satisfied')],
      branches: [{ answers: ['very', 'fairly'], goTo: 'mark' }],
    },
    { ...base, key: 'why', kind: 'text', wording: words('Why not?'), required: false },
    {
      ...{ ...base, key: 'mark', kind: 'scale', wording: words('A mark?') },
      scale: { from: 1, to: 5, low: words('bad'), high: words('good') },
    },
  ],
};

describe('a campaign’s questionnaire', () => {
  const database = useTestDatabase();
  let rig: HttpRig;
  let house: House;
  let manager: Browser;
  let agent: Browser;
  let at: string;
  const attempts: string[] = [];

  beforeAll(async () => {
    rig = await openHttpRig(database());
    house = await makeHouse(rig);
    manager = await rig.signedIn('manager');
    agent = await rig.signedIn('agent');
    at = `/api/campaigns/${house.campaignId}`;
    const { client } = database().database;
    const now = new Date(rig.clock.now());
    const list = await client.contactList.findFirstOrThrow();
    for (let line = 0; line < 5; line += 1) {
      const contact = await client.contact.create({
        data: { campaignId: house.campaignId, listId: list.id, name: 'Li', timeZone: 'UTC', dueAt: now },
      });
      // Ended and not written up: what an agent has on the desk.
      const attempt = await client.attempt.create({
        data: {
          ...{
            campaignId: house.campaignId,
            contactId: contact.id,
            number: `+1212555016${line}`,
            callerId: '+12125550190',
          },
          ...{ mode: 'predictive', settingsVersion: 1, state: 'ended', live: false, agentId: house.agentId },
          ...{ intendedAt: now, answeredAt: now, connectedAt: now, endedAt: now, outcome: 'connected' },
          recording: { create: { campaignId: house.campaignId, agentId: house.agentId, talkStartedAt: now } },
        },
      });
      attempts.push(attempt.id);
    }
  });
  afterAll(() => rig.close());

  const keep = (attemptId: string, answers: object, versionId: unknown) =>
    agent.ask('PUT', '/api/agent/survey', { attemptId, versionId, answers });
  const sheetOf = async (attemptId: string, browser = agent) =>
    (await browser.ask('GET', `/api/agent/survey?attemptId=${attemptId}`)).body;
  /** What the live channel does before the dialler saves the outcome, and what the dialler then writes. */
  const writeUp = async (attemptId: string, kind: 'surveyed' | 'undecided' | 'refused', survey?: FilledSheet) => {
    const { client } = database().database;
    const disposition = kind === 'refused' ? { kind, reason: 'no-time' } : { kind };
    const outcome = { attemptId, disposition, mustSayTicked: [], note: '', survey };
    await callSheets(client).finish(house.agentId, outcome, rig.clock.now());
    const data = { disposition: kind, outcomeAt: new Date(rig.clock.now()) };
    await client.attempt.update({ where: { id: attemptId }, data });
  };
  let versionId = '';

  test('is drafted once, saved by whoever saw it last, and published only when it can be asked', async () => {
    expect(await sheetOf(attempts[0] ?? '')).toEqual({ sheet: null });
    const begun = await manager.ask('POST', `${at}/questionnaires`);
    expect(begun).toMatchObject({ status: 201, body: { version: 1, state: 'draft', revision: 1, inForce: false } });
    const lead = await rig.signedIn('lead');
    expect(await lead.ask('POST', `${at}/questionnaires`)).toMatchObject({
      status: 409,
      body: { code: 'questionnaire-draft-exists' },
    });
    expect(await manager.ask('POST', `${at}/questionnaires/publish`, { revision: 1 })).toMatchObject({
      status: 422,
      body: { code: 'questionnaire-invalid', field: 'questions' },
    });
    const astray = { questions: [{ ...visit.questions[0], otherwise: 'nowhere' }, ...visit.questions.slice(1)] };
    const saved = await lead.ask('PUT', `${at}/questionnaires/draft`, { revision: 1, body: astray });
    expect(saved).toMatchObject({
      status: 200,
      body: {
        revision: 2,
        faults: [
          { code: 'unknown-target', question: 0, key: 'content' },
          { code: 'unreachable', question: 1, key: 'why' },
        ],
      },
    });
    expect(await manager.ask('PUT', `${at}/questionnaires/draft`, { revision: 1, body: visit })).toMatchObject({
      status: 409,
      body: { code: 'questionnaire-draft-changed' },
    });
    expect(await manager.ask('POST', `${at}/questionnaires/publish`, { revision: 2 })).toMatchObject({
      status: 422,
      body: { code: 'questionnaire-invalid', field: 'questions.0' },
    });
    await manager.ask('PUT', `${at}/questionnaires/draft`, { revision: 2, body: visit });
    const published = await manager.ask('POST', `${at}/questionnaires/publish`, { revision: 3 });
    expect(published).toMatchObject({
      status: 200,
      body: { version: 1, state: 'published', inForce: true, faults: [] },
    });
    versionId = questionnaireVersion.parse(published.body).id;
  });

  test('belongs to managers and leads: agents, inspectors and clients do not write it', async () => {
    for (const name of ['agent', 'inspector', 'client'])
      expect((await (await rig.signedIn(name)).ask('POST', `${at}/questionnaires`)).status).toBe(403);
  });

  test('never changes once it is published, not even by the database’s own words', async () => {
    const { client } = database().database;
    await expect(
      client.questionnaireVersion.update({ where: { id: versionId }, data: { body: { questions: [] } } }),
    ).rejects.toThrow('never changes');
  });

  test('is asked in an agent’s own calls, and keeps what was answered so far', async () => {
    const [first = ''] = attempts;
    expect(await sheetOf(first)).toMatchObject({ sheet: { versionId, answers: {} } });
    expect(await sheetOf(first, await rig.signedIn('agent2'))).toEqual({ sheet: null });
    expect((await keep(first, { content: 'very' }, versionId)).status).toBe(200);
    expect(await sheetOf(first)).toMatchObject({ sheet: { answers: { content: 'very' } } });
    expect(await keep(first, { content: 'perhaps' }, versionId)).toMatchObject({
      status: 422,
      body: { code: 'answers-invalid', field: 'answers.content' },
    });
    expect(await keep(first, {}, randomUUID())).toMatchObject({ status: 400, body: { code: 'unknown-reference' } });
    const other = await rig.signedIn('agent2');
    const foreign = { attemptId: first, versionId, answers: {} };
    expect((await other.ask('PUT', '/api/agent/survey', foreign)).status).toBe(404);
  });

  test('an outcome is refused over the live channel while a required answer is missing', async () => {
    const address = (await rig.app.listen({ host: '127.0.0.1', port: 0 })).replace('http', 'ws');
    const socket = new WebSocket(`${address}/live/agent`, { headers: { cookie: agent.cookie() } });
    const outcome = { attemptId: attempts[0], disposition: { kind: 'surveyed' }, mustSayTicked: [], note: '' };
    socket.on('open', () => socket.send(JSON.stringify({ type: 'save-outcome', id: 'o1', outcome })));
    const answer = await new Promise((resolve) =>
      socket.on('message', (data) => {
        const push = JSON.parse(String(data));
        if (push.id === 'o1') resolve(push);
      }),
    );
    socket.terminate();
    expect(answer).toMatchObject({ type: 'refused', code: 'answers-missing', field: 'answers.mark' });
  });

  test('an outcome after which nothing more could be asked needs no answers', async () => {
    const [first = '', second = '', third = ''] = attempts;
    await expect(writeUp(first, 'undecided')).rejects.toMatchObject({ code: 'answers-missing' });
    await writeUp(first, 'surveyed', { versionId, answers: { content: 'very', why: 'taken back', mark: 5 } });
    await writeUp(second, 'surveyed', { versionId, answers: { content: 'not', why: '=slow', mark: 2 } });
    // Refused in the middle; the answer so far is kept.
    await keep(third, { content: 'fairly' }, versionId);
    await writeUp(third, 'refused');
    expect(await keep(first, { content: 'not' }, versionId)).toMatchObject({ body: { code: 'wrong-state' } });
    expect(await sheetOf(first)).toMatchObject({ sheet: { answers: { content: 'very' } } });
  });

  test('gives counts, shares and the call-back figures to everybody who sees the campaign', async () => {
    for (const name of ['manager', 'lead', 'inspector', 'client']) {
      const { body, text } = await (await rig.signedIn(name)).ask('GET', `${at}/survey`);
      expect(body).toMatchObject({
        versions: [{ version: 1, inForce: true, sheets: 3 }],
        sheets: 3,
        complete: 2,
        questions: [
          { key: 'content', asked: 3, answered: 3 },
          { key: 'why', asked: 1, answered: 1, shares: [] },
          { key: 'mark', asked: 3, answered: 2, mean: 3.5 },
        ],
        callBack: {
          // Five customers of this test and the house's own, who was called before.
          completion: { numerator: 4, denominator: 6 },
          satisfaction: { numerator: 2, denominator: 4 },
          resolution: { value: null },
          recordAccuracy: { value: null },
        },
      });
      expect(text).not.toContain('slow');
    }
    expect((await agent.ask('GET', `${at}/survey`)).status).toBe(403);
  });

  test('goes out as a file with a right, noted, and without words for a client', async () => {
    const file = await manager.ask('GET', `${at}/survey/csv`);
    expect(file.headers['content-type']).toBe('text/csv; charset=utf-8');
    const lines = file.text.trimEnd().split('\r\n');
    expect(lines[0]).toBe('\uFEFFcall,at,agent,outcome,complete,content,why,mark');
    expect(
      lines
        .slice(1, 4)
        .map((line) => line.split(',').slice(3).join(','))
        .sort(),
    ).toEqual(['refused,no,fairly,,', "surveyed,yes,not,'=slow,2", 'surveyed,yes,very,,5']);
    expect(lines.at(-1)).toMatch(/^"manager, /);
    const outside = await (await rig.signedIn('client')).ask('GET', `${at}/survey/csv`);
    expect(outside.text.split('\r\n')[0]).toBe('\uFEFFcall,at,outcome,complete,content,mark');
    expect(outside.text).not.toContain('slow');
    expect((await (await rig.signedIn('lead')).ask('GET', `${at}/survey/csv`)).status).toBe(403);
    const noted = await database().database.client.auditEntry.findMany({ where: { action: 'exported' } });
    expect(noted.map(({ detail }) => detail)).toContainEqual({ what: 'survey-answers', version: 1, rows: 3 });
  });

  test('is read at the call by whoever may hear it; a client reads no words', async () => {
    const { client } = database().database;
    const { id } = await client.recording.findUniqueOrThrow({ where: { attemptId: attempts[1] ?? '' } });
    const read = async (name: string) => (await rig.signedIn(name)).ask('GET', `/api/recordings/${id}/answers`);
    expect(await read('manager')).toMatchObject({
      body: { sheet: { version: 1, complete: true, answers: { content: 'not', why: '=slow', mark: 2 } } },
    });
    const outside = await read('client');
    expect(outside).toMatchObject({ body: { sheet: { answers: { content: 'not', mark: 2 } } } });
    expect(outside.text).not.toContain('slow');
    expect((await read('lead2')).status).toBe(404);
    expect((await read('client2')).status).toBe(404);
    expect(await client.auditEntry.count({ where: { action: 'answers-read', subjectId: id } })).toBe(2);
  });

  test('own words are erased with the recording; what was counted stays as it was', async () => {
    const { client } = database().database;
    const before = (await manager.ask('GET', `${at}/survey`)).body;
    const { id } = await client.recording.update({
      where: { attemptId: attempts[1] ?? '' },
      data: { state: 'erased' },
    });
    expect((await manager.ask('GET', `${at}/survey`)).body).toEqual(before);
    const { text } = await manager.ask('GET', `${at}/survey/csv`);
    expect(text).toContain('surveyed,yes,not,[erased],2');
    expect(text).not.toContain('slow');
    expect(await manager.ask('GET', `/api/recordings/${id}/answers`)).toMatchObject({
      body: { sheet: { complete: true, answers: { content: 'not', why: 5, mark: 2 } } },
    });
  });

  test('a call goes on with the version it began with; the next one is asked the new one, or nothing', async () => {
    const [last = '', unasked = ''] = attempts.slice(3);
    await keep(last, { content: 'fairly' }, versionId);
    await manager.ask('POST', `${at}/questionnaires`);
    const published = await manager.ask('POST', `${at}/questionnaires/publish`, { revision: 1 });
    expect(published).toMatchObject({ body: { version: 2, inForce: true } });
    expect(await sheetOf(last)).toMatchObject({ sheet: { versionId, answers: { content: 'fairly' } } });
    await writeUp(last, 'undecided', { versionId, answers: { content: 'fairly', mark: 4 } });
    expect((await manager.ask('GET', `${at}/survey`)).body).toMatchObject({ version: { version: 2 }, sheets: 0 });
    expect((await manager.ask('GET', `${at}/survey?version=1`)).body).toMatchObject({ sheets: 4, complete: 3 });
    expect((await manager.ask('POST', `${at}/questionnaires/stop`)).status).toBe(200);
    expect(await sheetOf(house.attemptId)).toEqual({ sheet: null });
    // A desk that had begun to ask may end as it began.
    await writeUp(unasked, 'surveyed', { versionId, answers: { content: 'very', mark: 1 } });
    await expect(writeUp(house.attemptId, 'surveyed')).rejects.toMatchObject({ code: 'nothing-asked' });
    await writeUp(house.attemptId, 'undecided');
  });
});
