/** Offers through the API: written in versions, given at the desk and kept with the sale, excepted by whoever may. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  deskOffer,
  listedOffer,
  offer as offerShape,
  offerException,
  offerVersion,
  soldOffer,
} from '../../../src/contract/offers.ts';
import { deliverToDialer } from '../../../src/handoffs/to-dialer.ts';
import { conversationFacts } from '../../../src/handoffs/to-quality.ts';
import { useTestDatabase } from '../../support/database.ts';
import { type House, makeHouse } from './house.ts';
import { type Browser, type HttpRig, openHttpRig } from './rig.ts';

describe('offers of a campaign', () => {
  const database = useTestDatabase();
  let rig: HttpRig;
  let house: House;
  let manager: Browser;
  let at = '';
  const terms = (change: object = {}) => ({
    ...{ name: { en: 'Half price', zh: '半价' }, text: { en: 'Half the tariff for a year', zh: '一年资费减半' } },
    ...{ from: '2026-01-01', until: null, customers: null, limit: null },
    mayUse: { agents: true, teamIds: [], levels: ['normal', 'tightened'] },
    exceptions: {
      approvers: ['lead', 'manager'],
      withinHours: 4,
      office: { from: '09:00', to: '18:00' },
      holdsDays: 3,
    },
    ...change,
  });
  const made = async (change: object = {}) => {
    // Offers are listed by their age.
    await rig.clock.advance(1_000);
    const { body, status } = await manager.ask('POST', at, { terms: terms(change) });
    expect(status).toBe(201);
    return offerShape.parse(body);
  };
  const listed = async (who: Browser) =>
    z.object({ items: z.array(listedOffer) }).parse((await who.ask('GET', at)).body).items;

  beforeAll(async () => {
    rig = await openHttpRig(database());
    house = await makeHouse(rig);
    manager = await rig.signedIn('manager');
    at = `/api/campaigns/${house.campaignId}/offers`;
  });
  afterAll(() => rig.close());

  test('says of what cannot be offered which field is at fault', async () => {
    const wrong = terms({ text: { en: '', zh: '半价' }, mayUse: { ...terms().mayUse, teamIds: [house.teamIds[1]] } });
    expect(await manager.ask('POST', at, { terms: wrong })).toMatchObject({
      status: 422,
      body: {
        code: 'offer-invalid',
        faults: [
          { field: 'text.en', code: 'offer-words-missing' },
          { field: 'mayUse.teamIds', code: 'offer-team-unknown' },
        ],
      },
    });
    expect(await manager.ask('POST', at, { terms: terms({ from: 'soon' }) })).toMatchObject({
      status: 400,
      body: { field: 'body.terms.from' },
    });
  });

  test('keeps every version; who saw an older one changes nothing', async () => {
    const { id } = await made();
    const address = `/api/offers/${id}`;
    const cheaper = terms({ name: { en: 'A third', zh: '三折' } });
    expect(await manager.ask('PUT', address, { version: 1, terms: cheaper })).toMatchObject({ body: { version: 2 } });
    expect(await manager.ask('PUT', address, { version: 1, terms: terms() })).toMatchObject({
      status: 409,
      body: { code: 'offer-changed' },
    });
    for (const _ of [1, 2]) expect((await manager.ask('POST', `${address}/withdraw`)).status).toBe(200);
    const versions = z
      .object({ items: z.array(offerVersion) })
      .parse((await manager.ask('GET', `${address}/versions`)).body);
    expect(
      versions.items.map(({ version, state, terms: { name }, changedBy }) => [version, state, name.en, changedBy]),
    ).toEqual([
      [3, 'withdrawn', 'A third', 'Name of manager'],
      [2, 'offered', 'A third', 'Name of manager'],
      [1, 'offered', 'Half price', 'Name of manager'],
    ]);
    expect((await manager.ask('POST', `${address}/renew`)).status).toBe(200);
    expect(await listed(manager)).toMatchObject([{ id, version: 4, state: 'offered', sales: 0 }]);
    await expect(database().database.pool.query('delete from qa_offer_version')).rejects.toThrow(/append-only/);
    const noted = await database().database.client.auditEntry.findMany({
      where: { subjectType: 'offer' },
      orderBy: { id: 'asc' },
    });
    expect(noted.map(({ action }) => action)).toEqual([
      'offer-created',
      'offer-changed',
      'offer-withdrawn',
      'offer-renewed',
    ]);
  });

  test('leads and clients read them, clients not who wrote them, and neither writes', async () => {
    const [offer] = await listed(manager);
    for (const name of ['lead', 'client']) {
      const who = await rig.signedIn(name);
      expect(await listed(who)).toEqual([offer]);
      const { text } = await who.ask('GET', `/api/offers/${offer?.id}/versions`);
      expect(text.includes('Name of manager')).toBe(name === 'lead');
      expect((await who.ask('POST', at, { terms: terms() })).status).toBe(403);
      expect((await who.ask('POST', `/api/offers/${offer?.id}/withdraw`)).status).toBe(403);
    }
    expect((await (await rig.signedIn('client2')).ask('GET', at)).status).toBe(404);
  });

  describe('at the desk', () => {
    const day = 86_400_000;
    let agent: Browser;
    let calls = 0;
    /** A customer on the agent's line. */
    const talk = async (attributes: Record<string, string> = {}, agentId = house.agentId): Promise<string> => {
      const { client } = database().database;
      const list = await client.contactList.findFirstOrThrow();
      const now = new Date(rig.clock.now());
      calls += 1;
      const number = `+1212555${String(1000 + calls).slice(0, 4)}`;
      const { campaignId } = house;
      const contact = await client.contact.create({
        data: {
          ...{ campaignId, listId: list.id, timeZone: 'America/New_York', dueAt: now, state: 'in-attempt', attributes },
          numbers: { create: { position: 1, number } },
        },
      });
      const attempt = await client.attempt.create({
        data: {
          ...{ campaignId, contactId: contact.id, number, callerId: '+12125550190', mode: 'progressive', agentId },
          ...{ settingsVersion: 1, state: 'ended', live: false, intendedAt: now, answeredAt: now, connectedAt: now },
        },
      });
      return attempt.id;
    };
    const offered = async (attemptId: string, who = agent) =>
      z
        .object({ items: z.array(deskOffer), sold: soldOffer.nullable() })
        .parse((await who.ask('GET', `/api/agent/offers?attemptId=${attemptId}`)).body);
    const sell = async (attemptId: string, offer: { id: string; version: number }, agentId = house.agentId) => {
      await rig.services.quality.offers.keep(agentId, { attemptId, disposition: { kind: 'sale', offer } });
      const now = new Date(rig.clock.now());
      const outcomeDetail = { fields: { role: 'owner', options: [], offer }, mustSayTicked: [], note: '' };
      await database().database.client.attempt.update({
        where: { id: attemptId },
        data: { outcome: 'connected', endedAt: now, outcomeAt: now, disposition: 'sale', outcomeDetail },
      });
      const facts = await conversationFacts(database().database, attemptId);
      if (facts === null) throw new Error('no conversation');
      await rig.services.quality.intake.saleRecorded(facts);
    };

    beforeAll(async () => {
      agent = await rig.signedIn('agent');
      for (const { id } of await listed(manager)) await manager.ask('POST', `/api/offers/${id}/withdraw`);
    });

    test('an agent sees what they may give to this customer, and what can be asked for; nobody sees others’ calls', async () => {
      const open = await made();
      const vip = await made({ customers: { column: 'type', values: ['VIP'] } });
      await made({ from: '2027-01-01' });
      const [attemptId, ofVip] = [await talk({ type: 'member' }), await talk({ type: 'VIP' })];
      const seen = async (call: string) => (await offered(call)).items.map(({ id, refusal }) => [id, refusal]);
      expect(await seen(attemptId)).toEqual([
        [open.id, null],
        [vip.id, 'other-customers'],
      ]);
      expect(await seen(ofVip)).toEqual([
        [open.id, null],
        [vip.id, null],
      ]);
      const other = await rig.signedIn('agent2');
      expect((await other.ask('GET', `/api/agent/offers?attemptId=${attemptId}`)).status).toBe(404);
      await expect(sell(attemptId, vip)).rejects.toMatchObject({ code: 'offer-not-allowed' });
      expect(await database().database.client.offerUse.count()).toBe(0);
    });

    test('what a sale was made with stays with it in the words that were told, for its page, its inspector and the register', async () => {
      const offer = await made();
      const attemptId = await talk();
      // Changed while the customer listens: what was told still holds, for this call and no later one.
      await rig.clock.advance(60_000);
      const changed = terms({ name: { en: 'A third', zh: '三折' } });
      await manager.ask('PUT', `/api/offers/${offer.id}`, { version: 1, terms: changed });
      await sell(attemptId, offer);
      await expect(sell(await talk(), offer)).rejects.toMatchObject({ code: 'offer-not-allowed' });
      const sales = z.object({
        items: z.array(z.object({ id: z.string(), attemptId: z.string(), offer: soldOffer.nullable() })),
      });
      const { items } = sales.parse((await manager.ask('GET', '/api/sales')).body);
      const sale = items.find((each) => each.attemptId === attemptId);
      expect(sale?.offer).toMatchObject({ id: offer.id, version: 1, name: { en: 'Half price' }, approved: false });
      expect((await listed(manager)).find(({ id }) => id === offer.id)).toMatchObject({ sales: 1 });

      const { client } = database().database;
      const at = new Date(rig.clock.now());
      const recording = await client.recording.create({
        data: { attemptId, campaignId: house.campaignId, agentId: house.agentId, talkStartedAt: at, state: 'stored' },
      });
      const inspection = await client.inspection.create({
        data: {
          ...{ kind: 'daily', state: 'closed', recordingId: recording.id, attemptId, campaignId: house.campaignId },
          ...{ agentId: house.agentId, reason: 'draw', formId: 'valid-marketing', formVersion: 1 },
          ...{ drawnAt: at, deadlineAt: at, register: { create: { at, entry: 'scored', qualified: true } } },
        },
      });
      const register = z.object({
        items: z.array(z.object({ inspectionId: z.string(), offer: soldOffer.nullable() })),
      });
      const { items: lines } = register.parse((await manager.ask('GET', '/api/inspection-register')).body);
      expect(lines.find(({ inspectionId }) => inspectionId === inspection.id)?.offer).toMatchObject({ version: 1 });
      expect((await manager.ask('GET', '/api/inspection-register/csv')).text).toContain('Half price');

      const task = await client.taskCall.create({
        data: {
          ...{ kind: 'corrective', state: 'asked', saleId: sale?.id ?? null, campaignId: house.campaignId },
          ...{ sourceAttemptId: attemptId, notBefore: at, deadlineAt: at, createdAt: at },
        },
      });
      const again = await talk();
      const { contactId } = await client.attempt.findUniqueOrThrow({ where: { id: again } });
      await client.contact.update({ where: { id: contactId }, data: { origin: { kind: 'corrective', id: task.id } } });
      expect(await offered(again)).toMatchObject({ items: [], sold: { id: offer.id, name: { en: 'Half price' } } });
    });

    test('a limit holds for two who sell at once, and by its days', async () => {
      const offer = await made({ limit: { count: 1, of: 'campaign', per: 'day' } });
      const other = await database().database.client.user.findUniqueOrThrow({ where: { username: 'agent2' } });
      const two: [string, string][] = [
        [await talk(), house.agentId],
        [await talk({}, other.id), other.id],
      ];
      const ended = await Promise.allSettled(two.map(([call, by]) => sell(call, offer, by)));
      expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const next = await talk();
      expect((await offered(next)).items.find(({ id }) => id === offer.id)?.refusal).toBe('limit-reached');
      await rig.clock.advance(day);
      agent = await rig.signedIn('agent');
      expect((await offered(await talk())).items.find(({ id }) => id === offer.id)?.refusal).toBeNull();
    });

    describe('an exception', () => {
      const hour = 3_600_000;
      const asks = (attemptId: string, { id: offerId, version }: { id: string; version: number }) =>
        agent.ask('POST', '/api/agent/offer-exceptions', {
          attemptId,
          offerId,
          version,
          wish: 'Twenty years with us.',
        });
      const asked = async (attemptId: string, offer: { id: string; version: number }) => {
        const { body, status } = await asks(attemptId, offer);
        expect(status).toBe(201);
        return offerException.parse(body);
      };
      const request = () =>
        made({ mayUse: { agents: false, teamIds: [], levels: ['normal', 'tightened'] }, limit: null });
      const decide = (who: Browser, id: string, approve = true, reason = 'A good customer.') =>
        who.ask('POST', `/api/offer-exceptions/${id}/decide`, { approve, reason });
      const waiting = async (who: Browser) =>
        z
          .object({ items: z.array(offerException) })
          .parse((await who.ask('GET', '/api/offer-exceptions')).body)
          .items.filter(({ state }) => state === 'asked');
      /** The next Monday, nine in the morning, where the centre is: four hours later it is the same day. */
      const untilMorning = async () => {
        const local = rig.clock.now() + 8 * hour;
        const days = (8 - new Date(local).getUTCDay()) % 7;
        await rig.clock.advance((days === 0 ? 7 : days) * day - (local % day) + 9 * hour);
      };
      const undecided = (attemptId: string) =>
        database().database.client.attempt.update({
          where: { id: attemptId },
          data: { outcome: 'connected', disposition: 'undecided', outcomeAt: new Date(rig.clock.now()) },
        });

      test('is approved while the customer is on the line, and given in this call', async () => {
        await untilMorning();
        const lead = await rig.signedIn('lead');
        [agent, manager] = [await rig.signedIn('agent'), await rig.signedIn('manager')];
        const offer = await request();
        const attemptId = await talk();
        await expect(sell(attemptId, offer)).rejects.toMatchObject({ code: 'offer-not-allowed' });
        const one = await asked(attemptId, offer);
        expect(one).toMatchObject({ state: 'asked', approver: 'lead', dueAt: rig.clock.now() + 4 * hour, mine: false });
        expect(await asks(attemptId, offer)).toMatchObject({ status: 409, body: { code: 'exception-asked' } });
        const seen = (await offered(attemptId)).items.find(({ id }) => id === offer.id);
        expect(seen).toMatchObject({ refusal: 'on-request', askable: false, asked: { id: one.id, state: 'asked' } });
        expect(await waiting(await rig.signedIn('lead2'))).toEqual([]);
        expect((await decide(await rig.signedIn('lead2'), one.id)).status).toBe(404);
        expect(await waiting(lead)).toMatchObject([{ id: one.id, mine: true, wish: 'Twenty years with us.' }]);
        expect((await decide(lead, one.id, true, ' ')).status).toBe(400);
        expect(await decide(lead, one.id)).toMatchObject({ body: { state: 'approved', reason: 'A good customer.' } });
        expect((await offered(attemptId)).items.find(({ id }) => id === offer.id)?.refusal).toBeNull();
        await sell(attemptId, offer);
        await rig.services.quality.sweep();
        const kept = await database().database.client.offerException.findUniqueOrThrow({ where: { id: one.id } });
        expect(kept.answerCall).toBe('none');
        const { items } = z
          .object({ items: z.array(z.object({ attemptId: z.string(), offer: soldOffer.nullable() })) })
          .parse((await manager.ask('GET', '/api/sales')).body);
        expect(items.find((each) => each.attemptId === attemptId)?.offer).toMatchObject({ approved: true });
      });

      test('goes up when the lead is late, and comes back to the agent as a call in which it may be given', async () => {
        await untilMorning();
        [agent, manager] = [await rig.signedIn('agent'), await rig.signedIn('manager')];
        const offer = await request();
        const attemptId = await talk();
        const one = await asked(attemptId, offer);
        await undecided(attemptId);
        await rig.clock.advance(4 * hour);
        await rig.services.quality.sweep();
        manager = await rig.signedIn('manager');
        expect(await waiting(manager)).toMatchObject([
          { id: one.id, approver: 'manager', escalated: true, mine: true },
        ]);
        expect(await decide(await rig.signedIn('lead'), one.id)).toMatchObject({
          status: 403,
          body: { code: 'exception-not-allowed' },
        });
        await rig.clock.advance(5 * hour);
        await rig.services.quality.sweep();
        expect(await waiting(manager)).toMatchObject([{ id: one.id, overdue: true }]);
        const decided = offerException.parse((await decide(manager, one.id)).body);
        expect(decided.events.map(({ kind }) => kind)).toEqual([
          ...['asked', 'escalated', 'overdue', 'approved', 'answer-call-asked'],
        ]);
        expect(await decide(manager, one.id, false)).toMatchObject({ status: 409, body: { code: 'step-not-now' } });

        const { client } = database().database;
        const owed = await client.handoff.findMany({ where: { topic: 'task-call-wanted' } });
        for (const row of owed) await deliverToDialer({ ...rig.services, clock: rig.clock }, row);
        const appointments = (await agent.ask('GET', '/api/agent/appointments')).body;
        expect(appointments).toMatchObject({ items: [{ kind: 'offer-answer', deadlineAt: decided.holdsUntil }] });
        const contact = await client.contact.findFirstOrThrow({ where: { origin: { path: ['id'], equals: one.id } } });
        const again = await talk();
        await client.attempt.update({ where: { id: again }, data: { contactId: contact.id } });
        const seen = (await offered(again)).items.find(({ id }) => id === offer.id);
        expect(seen).toMatchObject({ refusal: null, asked: { state: 'approved', reason: 'A good customer.' } });
        await sell(again, offer);
        expect(await client.offerUse.findUniqueOrThrow({ where: { attemptId: again } })).toMatchObject({
          exceptionId: one.id,
        });
      });

      test('declined with a reason, or taken back by who asked; what is approved does not hold for ever', async () => {
        await untilMorning();
        const [lead, other] = [await rig.signedIn('lead'), await rig.signedIn('agent2')];
        [agent, manager] = [await rig.signedIn('agent'), await rig.signedIn('manager')];
        const offer = await request();
        const [no, back, old] = [await talk(), await talk(), await talk()];
        const declined = await asked(no, offer);
        await undecided(no);
        expect(await decide(lead, declined.id, false, 'Not twice.')).toMatchObject({ body: { state: 'declined' } });
        const seen = (await offered(no)).items.find(({ id }) => id === offer.id);
        expect(seen).toMatchObject({ refusal: 'on-request', askable: true, asked: { reason: 'Not twice.' } });

        const taken = await asked(back, offer);
        const address = `/api/agent/offer-exceptions/${taken.id}/withdraw`;
        expect((await other.ask('POST', address)).status).toBe(404);
        expect(await agent.ask('POST', address)).toMatchObject({ body: { state: 'withdrawn' } });

        const approved = await asked(old, offer);
        await decide(lead, approved.id);
        await rig.clock.advance(6 * day);
        await expect(sell(old, offer)).rejects.toMatchObject({ code: 'offer-not-allowed' });
        const noted = await database().database.client.auditEntry.findMany({
          where: { subjectType: 'offer-exception', subjectId: { in: [declined.id, taken.id, approved.id] } },
          orderBy: { id: 'asc' },
        });
        expect(noted.map(({ action }) => action.replace('offer-exception-', ''))).toEqual([
          ...['asked', 'declined', 'asked', 'withdrawn', 'asked', 'approved'],
        ]);
      });
    });
  });
});
