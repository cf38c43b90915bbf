import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import { useTestDatabase } from '../../support/database.ts';
import { at, type House, makeHouse } from './cases-house.ts';

describe('complaints on the database', () => {
  const database = useTestDatabase();
  let client: PrismaClient;
  let house: House;

  beforeAll(() => {
    client = database().database.client;
  });
  beforeEach(async () => {
    await client.handoff.deleteMany();
    house = await makeHouse(client);
  });
  const kinds = (file: { events: { kind: string }[] }) => file.events.map(({ kind }) => kind);

  it('blocks, holds and asks for a second judgement at once, once, however often an agent’s complaint is told', async () => {
    const { cases, call, wishes, people } = house;
    const { attemptId, recordingId, number, facts } = await call({ stored: false });
    await Promise.all([cases.complaint(facts), cases.complaint(facts), cases.complaint(facts)]);
    const { items } = await cases.list(people.manager, { limit: 10 });
    expect(items).toMatchObject([{ kind: 'complaint', channel: 'call', state: 'open', words: 'Called at night' }]);
    const caseId = items[0]?.id ?? '';
    expect(await wishes('number-blocked')).toMatchObject([
      { attemptId, number, scope: 'all', reason: 'complaint', evidence: { caseId }, endsAt: null },
    ]);
    expect(await wishes('recording-held')).toEqual([{ recordingId, change: 1 }]);
    expect(await house.inspectionsOf(recordingId)).toMatchObject([
      { kind: 'forced', reason: 'complaint', state: 'drawn', assignedTo: null, formId: 'valid-marketing' },
    ]);
    // Two working days after Monday: Wednesday is a holiday, so the end of Thursday.
    expect(items[0]?.deadlineAt).toBe(at('2026-11-27T00:00'));
    expect(house.events.filter(({ type }) => type === 'case-changed')).toHaveLength(1);
  });

  it('shows no number, and keeps none in its journal', async () => {
    const { cases, call, told, people } = house;
    const { number, attemptId } = await call();
    const file = await cases.open(people.manager, told({ attemptId }));
    expect(file.customerMasked).toMatch(/••••/);
    expect(JSON.stringify(file)).not.toContain(number);
  });

  it('ties a number to its latest conversation and holds the earlier ones as evidence', async () => {
    const { cases, call, told, people, wishes } = house;
    const first = await call();
    house.at('2026-11-23T12:00');
    const second = await call({ number: first.number });
    const spaced = `${first.number.slice(0, 5)} ${first.number.slice(5)}`;
    const file = await cases.open(people.manager, told({ number: spaced }));
    expect(file).toMatchObject({ attemptId: second.attemptId, agent: { id: people.agent.userId } });
    expect(new Set(file.recordingIds)).toEqual(new Set([first.recordingId, second.recordingId]));
    expect(await wishes('recording-held')).toHaveLength(2);
    expect(await house.inspectionsOf(first.recordingId)).toEqual([]);
    expect(await house.inspectionsOf(second.recordingId)).toHaveLength(1);
  });

  it('takes a complaint about a call that nobody was connected to, and can judge it', async () => {
    const { cases, call, told, people, wishes } = house;
    const { attemptId, number } = await call({ talked: false });
    const file = await cases.open(people.manager, told({ number }));
    expect(file).toMatchObject({ attemptId, agent: null, recordingIds: [] });
    expect(await wishes('number-blocked')).toHaveLength(1);
    await cases.step(people.manager, file.id, { step: 'contact', text: 'Rang' });
    const judged = await cases.step(people.manager, file.id, {
      step: 'judge',
      valid: true,
      reason: 'abandoned',
      text: 'Silent call',
    });
    expect(judged).toMatchObject({ state: 'judged', valid: true });
  });

  it('blocks a number that was never called, by the centre’s own calendar', async () => {
    const { cases, told, people, wishes } = house;
    const file = await cases.open(people.manager, told({ number: '+12125550177' }));
    expect(file).toMatchObject({ campaignId: null, attemptId: null, deadlineAt: at('2026-11-26T00:00') });
    expect(await wishes('number-blocked')).toMatchObject([{ attemptId: null, number: '+12125550177' }]);
    await expect(cases.open(people.manager, told({ number: 'nobody' }))).rejects.toMatchObject({
      code: 'number-invalid',
    });
  });

  it('finds duplicates and repeated complaints, and ends duplicates with their original', async () => {
    const { cases, call, told, people, wishes } = house;
    const { attemptId, number, recordingId, facts } = await call();
    await cases.complaint(facts);
    const original = (await cases.list(people.manager, { limit: 10 })).items[0]?.id ?? '';
    const same = await cases.open(people.manager, told({ attemptId }));
    expect(same).toMatchObject({ duplicateOf: original, repeated: false, escalated: false });
    const again = await cases.open(people.manager, told({ number, serious: true }));
    expect(again).toMatchObject({ duplicateOf: original, serious: true, escalated: true });
    expect(await house.inspectionsOf(recordingId)).toHaveLength(1);
    await house.mend(original);
    await cases.step(people.lead, original, {
      step: 'return-call',
      agentId: null,
      satisfaction: 'satisfied',
      text: 'Content',
    });
    for (const { id } of [same, again]) expect(await cases.read(people.manager, id)).toMatchObject({ state: 'closed' });
    // What three files held, three files let go.
    const held = (await wishes('recording-held')).map(({ change }) => Number(change));
    expect(held.reduce((sum, change) => sum + change, 0)).toBe(0);
    house.at('2026-11-30T09:00');
    const later = await cases.open(people.manager, told({ number }));
    expect(later).toMatchObject({ duplicateOf: null, repeated: true, escalated: true });
    expect(later.events).toContainEqual(expect.objectContaining({ kind: 'escalated', detail: { why: 'repeated' } }));
  });

  it('two files on one customer at the same moment see each other', async () => {
    const { cases, call, told, people } = house;
    const { number } = await call();
    const files = await Promise.all([1, 2, 3].map(() => cases.open(people.manager, told({ number }))));
    const originals = files.filter(({ duplicateOf }) => duplicateOf === null);
    expect(originals).toHaveLength(1);
    for (const file of files.filter(({ duplicateOf }) => duplicateOf !== null))
      expect(file.duplicateOf).toBe(originals[0]?.id);
  });

  it('is not judged before its recording has come, nor by the agent, nor checked by who corrected it', async () => {
    const { cases, call, told, people } = house;
    const { attemptId, recordingId } = await call({ stored: false });
    const { id } = await cases.open(people.manager, told({ attemptId }));
    const { step } = cases;
    const verdict = { step: 'judge', valid: true, reason: 'rude', text: 'Heard' } as const;
    await expect(step(people.manager, id, verdict)).rejects.toMatchObject({ code: 'step-not-now' });
    await step(people.manager, id, { step: 'contact', text: 'Rang' });
    await expect(step(people.manager, id, verdict)).rejects.toMatchObject({ code: 'recording-not-stored' });
    // Lost for good: it was looked for.
    await client.recording.update({ where: { id: recordingId }, data: { state: 'lost' } });
    expect(await step(people.manager, id, verdict)).toMatchObject({ state: 'judged', valid: true });
    await expect(step(people.manager, id, { step: 'correct', text: 'x' })).rejects.toMatchObject({
      code: 'step-not-now',
    });
    await step(people.manager, id, { step: 'cause', cause: 'system', responsibleId: null, text: 'Dialled at night' });
    await step(people.manager, id, { step: 'correct', text: 'Hours corrected' });
    await step(people.manager, id, { step: 'answer', text: 'Told' });
    const check = { step: 'check-correction', held: true, text: 'Looked' } as const;
    await expect(step(people.manager, id, check)).rejects.toMatchObject({ code: 'judge-same-person' });
    const mended = await step(people.lead, id, check);
    expect(mended).toMatchObject({ state: 'return-call', cause: 'system' });
  });

  it('closes after a satisfied return call, lets its recordings go, and tells the client', async () => {
    const { cases, call, told, people, wishes } = house;
    const { attemptId, recordingId } = await call();
    const { id } = await cases.open(people.manager, told({ attemptId }));
    await house.mend(id);
    const [task] = await house.returnCalls(id);
    expect(await wishes('task-call-wanted')).toMatchObject([
      { origin: { kind: 'return-call', id: task?.id }, attemptId },
    ]);
    const done = { attemptId: (await call()).attemptId, origin: { kind: 'return-call', id: task?.id ?? '' } };
    await cases.returnCallClosed({ ...done, result: 'satisfied' });
    await cases.returnCallClosed({ ...done, result: 'satisfied' });
    const closed = await cases.read(people.manager, id);
    expect(closed).toMatchObject({ state: 'closed', satisfaction: 'satisfied', rounds: 1, overdue: false });
    expect(await wishes('recording-held')).toEqual([
      { recordingId, change: 1 },
      { recordingId, change: -1 },
    ]);
    expect(kinds(closed).filter((kind) => kind === 'return-call')).toHaveLength(1);
    expect(kinds(closed)).toContain('client-notice-asked');
    await cases.step(people.manager, id, { step: 'notify-client', text: 'Sent with the weekly summary' });
    await cases.step(people.manager, id, { step: 'note', text: 'For us alone' });
    const seen = await cases.read(people.client, id);
    expect(kinds(seen)).toContain('notify-client');
    expect(kinds(seen)).not.toContain('note');
    await expect(cases.step(people.manager, id, { step: 'answer', text: 'x' })).rejects.toMatchObject({
      code: 'step-not-now',
    });
  });

  it('goes round again when the customer is not satisfied, to managers, with a new deadline', async () => {
    const { cases, call, told, people } = house;
    const { attemptId } = await call();
    const { id, deadlineAt } = await cases.open(people.manager, told({ attemptId }));
    await house.mend(id);
    house.at('2026-11-24T15:00');
    const round = await cases.step(people.lead, id, {
      step: 'return-call',
      agentId: null,
      satisfaction: 'not-satisfied',
      text: 'Still cross',
    });
    expect(round).toMatchObject({
      state: 'contacted',
      rounds: 2,
      satisfaction: 'not-satisfied',
      escalated: true,
      valid: null,
    });
    expect(round.deadlineAt).toBeGreaterThan(deadlineAt ?? Number.POSITIVE_INFINITY);
    // Somebody rang by hand before the dialler did: the call was made, and the dialler makes it no more.
    expect(await house.returnCalls(id)).toMatchObject([
      { state: 'done', result: 'not-satisfied', doneAttemptId: null },
    ]);
    expect(await house.wishes('task-call-withdrawn')).toHaveLength(1);
    house.at('2026-11-24T16:00');
    await house.mend(id);
    const fairly = {
      step: 'return-call',
      agentId: null,
      satisfaction: 'fairly-satisfied',
      text: 'It will do',
    } as const;
    const closed = await cases.step(people.lead, id, fairly);
    expect(closed).toMatchObject({ state: 'closed', satisfaction: 'fairly-satisfied', rounds: 2 });
    // Each call keeps its own answer: the second round does not make the first a success.
    expect(await house.returnCalls(id)).toMatchObject([{ result: 'not-satisfied' }, { result: 'fairly-satisfied' }]);
  });

  it('cannot be rewritten in the database', async () => {
    const { cases, call, told, people } = house;
    await cases.open(people.manager, told({ attemptId: (await call()).attemptId }));
    await expect(client.$executeRaw`update qa_case_event set text = ''`).rejects.toThrow(/append-only/);
    await expect(client.$executeRaw`delete from qa_case_event`).rejects.toThrow(/append-only/);
  });
});
