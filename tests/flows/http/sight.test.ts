import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useTestDatabase } from '../../support/database.ts';
import { type House, makeHouse } from './house.ts';
import { type HttpRig, openHttpRig } from './rig.ts';

describe('who sees and hears what', () => {
  const database = useTestDatabase();
  let rig: HttpRig;
  let house: House;
  beforeAll(async () => {
    rig = await openHttpRig(database());
    house = await makeHouse(rig);
  });
  afterAll(() => rig.close());

  /** The recording of a call that mends what was found of another. */
  const following = randomUUID();
  const callThatFollows = async (sourceAttemptId: string): Promise<void> => {
    const { client } = database().database;
    const {
      id: _,
      outcomeDetail: __,
      transfer: ___,
      ...call
    } = await client.attempt.findUniqueOrThrow({
      where: { id: sourceAttemptId },
    });
    const {
      id: doneAttemptId,
      campaignId,
      intendedAt: createdAt,
    } = await client.attempt.create({
      data: { ...call, number: '+12125550124' },
    });
    const agentId = house.agentId;
    await client.recording.create({
      data: {
        id: following,
        attemptId: doneAttemptId,
        campaignId,
        agentId,
        state: 'stored',
        path: 'a.wav',
        talkStartedAt: createdAt,
      },
    });
    const times = { createdAt, notBefore: createdAt, deadlineAt: createdAt };
    await client.taskCall.create({
      data: { kind: 'corrective', state: 'done', campaignId, sourceAttemptId, doneAttemptId, ...times },
    });
  };

  test.each([
    ['agent', 200],
    ['agent2', 404],
    ['lead', 200],
    ['lead2', 404],
    ['inspector', 404],
    ['manager', 200],
    ['client', 200],
    ['client2', 404],
    ['admin', 403],
  ])('the recording answers %s with %i', async (username, status) => {
    const browser = await rig.signedIn(username);
    for (const part of ['', '/media', '/peaks'])
      expect({ part, ...(await browser.ask('GET', `/api/recordings/${house.recordingId}${part}`)) }).toMatchObject({
        part,
        status,
      });
  });

  test.each([
    ['lead', 1],
    ['lead2', 0],
    ['manager', 1],
    ['client', 1],
    ['client2', 0],
  ])('lists of recordings show %s %i', async (username, rows) => {
    const { body } = await (await rig.signedIn(username)).ask('GET', '/api/recordings');
    expect(body).toMatchObject({ items: { length: rows } });
  });

  test('the agent of a return call reads what its customer was answered, while the call is on the desk, and no other agent does', async () => {
    const { client } = database().database;
    const now = new Date(rig.clock.now());
    const { attemptId: sourceAttemptId, campaignId, agentId } = house;
    const told = {
      kind: 'complaint',
      channel: 'call',
      words: 'It was never mine',
      state: 'return-call',
      openedAt: now,
    };
    const correction = { correction: { measures: 'Refunded the first month' } };
    const entries = ['First try', 'It is cancelled'].map((text) => ({ at: now, kind: 'answer', text }));
    const { id: caseId } = await client.caseFile.create({
      data: { ...told, agentId, campaignId, life: { record: correction }, events: { create: entries } },
    });
    const times = { createdAt: now, notBefore: now, deadlineAt: now };
    const task = await client.taskCall.create({
      data: { kind: 'return-call', state: 'asked', why: 'case', caseId, campaignId, sourceAttemptId, ...times },
    });
    const source = await client.attempt.findUniqueOrThrow({ where: { id: sourceAttemptId } });
    const contact = await client.contact.findUniqueOrThrow({ where: { id: source.contactId } });
    const { id: _, attributes: __, origin: ___, planTerms: _______, ...person } = contact;
    const returned = await client.contact.create({
      data: { ...person, origin: { kind: 'return-call', id: task.id } },
    });
    const { id: ____, outcomeDetail: _____, transfer: ______, ...call } = source;
    const reading = async (username: string, onDesk: boolean) => {
      const { id: userId } = await client.user.findUniqueOrThrow({ where: { username } });
      const dialled = { number: '+12125550125', contactId: returned.id, agentId: userId };
      const { id: attemptId } = await client.attempt.create({ data: { ...call, ...dialled } });
      const desk = {
        ...{ campaignId, presence: 'signed-in', activity: 'wrap-up', legState: 'joined' },
        ...{ since: now, restSince: now, seenAt: now, attemptId: onDesk ? attemptId : null },
      };
      await client.agentDesk.upsert({ where: { userId }, create: { userId, ...desk }, update: desk });
      return (await rig.signedIn(username)).ask('GET', `/api/agent/return-case?attemptId=${attemptId}`);
    };
    const whole = {
      kind: 'complaint',
      words: told.words,
      mended: 'Refunded the first month',
      answer: 'It is cancelled',
    };
    expect(await reading('agent2', true)).toMatchObject({ status: 200, body: whole });
    expect(await client.auditEntry.count({ where: { action: 'case-read', subjectId: caseId } })).toBe(1);
    // The one complained about has the answer to tell, and is not told by the file what was complained of and done.
    const { body } = await reading('agent', true);
    expect(body).toEqual({ ...whole, words: '', mended: '' });
    expect(await reading('agent2', false)).toMatchObject({ status: 404 });
    const other = await client.attempt.findFirstOrThrow({ where: { agentId, number: '+12125550125' } });
    const second = await rig.signedIn('agent2');
    expect((await second.ask('GET', `/api/agent/return-case?attemptId=${other.id}`)).status).toBe(404);
    await client.agentDesk.deleteMany();
    // What is looked at next is one call of this agent's only.
    await client.attempt.deleteMany({ where: { number: '+12125550125' } });
  });

  test('who has to judge a call blind hears it, and is told neither in it nor around it whose it is', async () => {
    const { client } = database().database;
    const { centreId } = await client.campaign.findUniqueOrThrow({ where: { id: house.campaignId } });
    const judge = await rig.makeUser({ username: 'supervisor', role: 'supervisor', centreId });
    const row = await client.recording.findUniqueOrThrow({ where: { id: house.recordingId } });
    const made = await client.inspection.create({
      data: {
        kind: 'overlap',
        state: 'assigned',
        recordingId: row.id,
        attemptId: row.attemptId,
        campaignId: row.campaignId,
        agentId: row.agentId,
        reason: 'lot',
        formId: 'valid-marketing',
        formVersion: 1,
        assignedTo: judge,
        drawnAt: new Date(rig.clock.now()),
        deadlineAt: new Date(rig.clock.now() + 86_400_000),
      },
    });
    const browser = await rig.signedIn('supervisor');
    const around = async () => {
      const texts: { status: number; text: string }[] = [];
      for (const url of [
        `/api/recordings/${row.id}`,
        `/api/recordings/${row.id}/voices`,
        '/api/recordings',
        '/api/attempts',
        `/api/recordings?agentId=${row.agentId}`,
        `/api/attempts?agentId=${row.agentId}`,
        `/api/attempts/${row.attemptId}`,
      ]) {
        const { status, text } = await browser.ask('GET', url);
        texts.push({ status, text });
      }
      return texts;
    };
    const blind = await around();
    expect(blind.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200, 404]);
    for (const { text } of blind) expect(text.includes(row.agentId) || text.includes('Name of agent')).toBe(false);
    for (const asked of blind.slice(4, 6)) expect(asked.text).not.toContain(row.attemptId);
    expect((await browser.ask('GET', `/api/recordings/${row.id}/media`)).status).toBe(200);
    await callThatFollows(row.attemptId);
    expect((await browser.ask('GET', `/api/recordings/${following}`)).status).toBe(404);
    expect((await browser.ask('GET', `/api/recordings/${following}/media`)).status).toBe(404);

    await client.inspection.update({ where: { id: made.id }, data: { state: 'scored' } });
    const open = await around();
    for (const at of [0, 2, 3, 4, 5, 6]) expect(open[at]?.text).toContain('Name of agent');
    expect((await browser.ask('GET', `/api/recordings/${following}`)).status).toBe(200);
    await client.inspection.delete({ where: { id: made.id } });
  });

  test('numbers and names are masked, and a client reads no agent’s name', async () => {
    const manager = await rig.signedIn('manager');
    const client = await rig.signedIn('client');
    const seen = [
      await manager.ask('GET', `/api/campaigns/${house.campaignId}/contacts`),
      await manager.ask('GET', '/api/attempts'),
      await client.ask('GET', '/api/recordings'),
    ].map(({ text }) => text);
    for (const text of seen) expect(text).not.toMatch(/5550123|Xiaoming/);
    expect(seen[0]).toContain('+12••••23');
    expect(seen[1]).toContain('Name of agent');
    expect(seen[2]).not.toContain('Name of agent');
  });

  test('each listening is in the audit log, and the log holds together', async () => {
    const { client } = database().database;
    const count = () =>
      client.auditEntry.count({ where: { action: 'recording-listened', subjectId: house.recordingId } });
    const before = await count();
    const agent = await rig.signedIn('agent');
    const url = `/api/recordings/${house.recordingId}/media`;
    await agent.ask('GET', url, undefined, { range: 'bytes=0-' });
    await agent.ask('GET', url, undefined, { range: 'bytes=1000-1999' });
    expect(await count()).toBe(before + 1);
    // All of it but the first byte is a listening as well; so is a range that cannot be read, which is answered with the whole.
    const manager = await rig.signedIn('manager');
    for (const range of ['bytes=1-', 'bytes=2000-', 'lines=1-2', 'bytes=-99999999'])
      expect((await manager.ask('GET', url, undefined, { range })).raw.length).toBeGreaterThan(1_000);
    expect(await count()).toBe(before + 4);
    const verified = await manager.ask('POST', '/api/audit/verify');
    expect(verified.body).toMatchObject({ brokenAt: null });
  });

  test('the register and the audit log come as files: whole, disarmed, logged, and only for who may take them out', async () => {
    const { client } = database().database;
    const row = await client.recording.findUniqueOrThrow({ where: { id: house.recordingId } });
    const now = new Date(rig.clock.now());
    const { id } = await client.inspection.create({
      data: {
        ...{ kind: 'daily', state: 'closed', reason: 'lot', formId: 'valid-marketing', formVersion: 1 },
        ...{ recordingId: row.id, attemptId: row.attemptId, campaignId: row.campaignId, agentId: row.agentId },
        ...{ drawnAt: now, deadlineAt: now },
      },
    });
    const { attemptId, campaignId, agentId } = row;
    await client.conversation.create({
      data: {
        ...{
          attemptId,
          campaignId,
          agentId,
          contactId: attemptId,
          purpose: 'marketing',
          settingsVersion: 1,
          talkMs: 1,
        },
        ...{ connectedAt: now, endedAt: now, day: now, recordingId: row.id },
      },
    });
    const formula = '=HYPERLINK("http://elsewhere.example")';
    // More than one page of them.
    await client.$executeRaw`insert into qa_register_entry (inspection_id, at, entry, text)
      select ${id}::uuid, ${now}, 'note', ${formula} from generate_series(1, 2500)`;
    const manager = await rig.signedIn('manager');
    const taken = `"manager, ${now.toISOString()}"`;
    const { text, headers } = await manager.ask('GET', '/api/inspection-register/csv');
    const lines = text.split('\r\n');
    expect(lines[0]).toBe('\uFEFFid,at,inspection,campaign,agent,entry,by,qualified,failed,about,text,offer');
    expect(new Set(lines.filter((line) => line.includes(id))).size).toBe(2_500);
    expect(lines[1]?.endsWith(`,note,,,,,"'=HYPERLINK(""http://elsewhere.example"")",`)).toBe(true);
    expect(lines.slice(-3)).toEqual(['', taken, '']);
    expect(headers['content-disposition']).toContain('inspection-register.csv');
    // Of another span nothing, but who took it out and when.
    expect((await manager.ask('GET', '/api/inspection-register/csv?to=1')).text).not.toContain(id);

    const log = (await manager.ask('GET', '/api/audit/csv?action=exported')).text.split('\r\n');
    expect(log[0]).toBe('\uFEFFid,at,actor,actor id,action,subject type,subject id,detail,hash');
    expect(log.filter((line) => line.includes('audit-log'))).toHaveLength(1);
    expect(log.filter((line) => line.includes('inspection-register'))).toHaveLength(2);
    expect(log.slice(-2)).toEqual([taken, '']);
    for (const [name, register, audit] of [
      ['lead', 403, 403],
      ['inspector', 403, 403],
      ['client', 403, 403],
      ['admin', 403, 200],
    ] as const) {
      const asked = await rig.signedIn(name);
      const statuses = [
        (await asked.ask('GET', '/api/inspection-register/csv')).status,
        (await asked.ask('GET', '/api/audit/csv')).status,
      ];
      expect({ name, statuses }).toEqual({ name, statuses: [register, audit] });
    }
  });

  test('sound comes in ranges, and one side at a time', async () => {
    const agent = await rig.signedIn('agent');
    const url = `/api/recordings/${house.recordingId}/media`;
    const whole = await agent.ask('GET', url);
    expect(whole.raw.length).toBe(house.recordingBytes);
    const part = await agent.ask('GET', url, undefined, { range: 'bytes=100-199' });
    expect(part).toMatchObject({ status: 206, headers: { 'content-range': `bytes 100-199/${house.recordingBytes}` } });
    expect(part.raw.equals(whole.raw.subarray(100, 200))).toBe(true);
    expect((await agent.ask('GET', url, undefined, { range: `bytes=${house.recordingBytes}-` })).status).toBe(416);

    const left = await agent.ask('GET', `${url}?channel=agent`);
    expect(left.raw.length).toBe(44 + (house.recordingBytes - 44) / 2);
    expect(left.raw.readUInt16LE(22)).toBe(1);
    const samples = [0, 1, 777].map((i) => [left.raw[44 + i], whole.raw[44 + 2 * i]]);
    for (const [one, both] of samples) expect(one).toBe(both);
    const middle = await agent.ask('GET', `${url}?channel=agent`, undefined, { range: 'bytes=40-1040' });
    expect(middle.raw.equals(left.raw.subarray(40, 1041))).toBe(true);
    expect((await agent.ask('GET', `/api/recordings/${house.recordingId}/peaks?points=50`)).body).toMatchObject({
      durationMs: 2000,
      agent: { length: 50 },
      customer: { length: 50 },
    });
  });
});
