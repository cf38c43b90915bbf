/** People of another centre, team or client find nothing of ours: in no list, under no id, and change nothing. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planSettings } from '../../../dialer/index.ts';
import { firstValueSettings } from '../../../dialer/rules/customers/value.ts';
import { routes } from '../../../src/contract/routes.ts';
import { useTestDatabase } from '../../support/database.ts';
import { makeHouse } from './house.ts';
import { type Browser, type HttpRig, openHttpRig } from './rig.ts';

const strangers = ['manager', 'supervisor', 'inspector', 'lead', 'agent', 'client', 'speech-engine'] as const;
/** The blacklist holds for all centres of the house; products, scripts and their wording, and forms belong to no centre. */
const ofTheHouse = /^GET \/api\/(blacklist|products|scripts|clients|refusal-reasons)\b/;
/** What of the house's the id in a route's address is. */
const thingAt: Record<string, string> = {
  '/api/campaigns': 'campaign',
  '/api/wallboard': 'campaign',
  '/api/agent/campaigns': 'campaign',
  '/api/attempts': 'attempt',
  '/api/recordings': 'recording',
  '/api/transcription/recordings': 'recording',
  '/api/inspections': 'inspection',
  '/api/inspection-levels': 'agent',
  '/api/scorecards': 'agent',
  '/api/users': 'agent',
  '/api/lists': 'list',
  '/api/centres': 'centre',
  '/api/clients': 'client',
  '/api/teams': 'team',
  '/api/long-jobs': 'longJob',
  '/api/notices': 'client',
  '/api/plans': 'plan',
  '/api/extractions': 'extraction',
  '/api/agents': 'agent',
  '/api/offers': 'offer',
  '/api/offer-exceptions': 'offerException',
  '/api/agent/offer-exceptions': 'offerException',
  '/api/customer-months': 'customerMonths',
  '/api/customers': 'customer',
};

const words = 'words enough for any field';
const answer = { criterion: 'right-person', verdict: 'pass', reason: null, atSecond: null, checks: [], note: '' };
const planWish = {
  name: words,
  settings: {
    who: { campaignIds: ['00000000-0000-4000-8000-000000000000'] },
    cycle: { kind: 'every', count: 1, unit: 'months' },
    share: { kind: 'all' },
    window: { days: [1, 2, 3, 4, 5], from: '09:00', to: '12:00' },
    startsOn: '2026-11-23',
  },
};
const terms = {
  ...{ name: { en: words, zh: words }, text: { en: words, zh: words }, from: '2026-01-01', until: null },
  ...{ mayUse: { agents: true, teamIds: [], levels: ['normal'] }, customers: null, limit: null, exceptions: null },
};
const answers = { answers: [answer], note: '', listenedSeconds: 1, why: words };
/** Bodies that pass validation, so that the refusal is about whose it is. */
const bodies: Record<string, object> = {
  'PATCH /api/campaigns/:id': { name: words },
  'PATCH /api/clients/:id': { name: words },
  'PATCH /api/teams/:id': { name: words },
  'POST /api/campaigns/:id/week/publish': { day: '2026-11-16' },
  'PUT /api/campaigns/:id/questionnaires/draft': { revision: 1, body: { questions: [] } },
  'POST /api/campaigns/:id/questionnaires/discard': { revision: 1 },
  'POST /api/campaigns/:id/questionnaires/publish': { revision: 1 },
  'POST /api/campaigns/:id/contacts/search': { who: words },
  'POST /api/campaigns/:id/plans': planWish,
  'POST /api/campaigns/:id/plans/preview': { ...planWish, planId: null },
  'POST /api/campaigns/:id/offers': { terms },
  'PUT /api/offers/:id': { version: 1, terms },
  'POST /api/offer-exceptions/:id/decide': { approve: true, reason: words },
  'PUT /api/plans/:id': { ...planWish, version: 1 },
  'PUT /api/clients/:id/values/settings': { version: 0, settings: firstValueSettings },
  'POST /api/extractions/:id/allocation/preview': { way: 'even', agentIds: ['00000000-0000-4000-8000-000000000000'] },
  'POST /api/extractions/:id/allocation': {
    ...{ way: 'even', agentIds: ['00000000-0000-4000-8000-000000000000'], seen: 0, reason: '' },
  },
  'PUT /api/agents/:id/skills': { types: [], regions: [] },
  'POST /api/clients/:id/customers/search': { number: '+12125550123' },
  'PUT /api/inspections/:id/draft': answers,
  'POST /api/inspections/:id/score': answers,
  'POST /api/inspections/:id/correct': answers,
  'POST /api/inspections/:id/decide': answers,
  'POST /api/inspections/:id/dispute': { reason: words },
  'POST /api/inspections/:id/assign': { userId: '00000000-0000-4000-8000-000000000000', why: words },
  'PUT /api/notices/:id': { webhook: null, email: null, locale: 'en' },
  'POST /api/transcription/recordings/:id/transcripts': {
    language: 'en',
    engine: { name: words, version: '1' },
    recordingSha256: '0'.repeat(64),
    segments: [],
  },
  'POST /api/inspection-levels/:id/lift': { why: words },
  'POST /api/inspection-levels/:id/coached': { note: words },
};

/** What a reading route must be told besides. */
const queries: Record<string, string> = {
  'GET /api/campaigns/:id/effect': '?month=2026-10',
  'GET /api/campaigns/:id/effect/csv': '?month=2026-10',
  'GET /api/campaigns/:id/effect/customers': '?month=2026-10&group=spoken-with',
  'GET /api/clients/:id/values/customers': '?month=2026-10&class=high',
  'GET /api/scorecards/:id/calls': '?period=week&figure=attempts',
  'GET /api/campaigns/:id/week/calls': '?figure=attempts',
};

describe('somebody from elsewhere', () => {
  const database = useTestDatabase();
  let rig: HttpRig;
  let ours: Record<string, string>;
  const browsers = new Map<string, Browser>();

  beforeAll(async () => {
    rig = await openHttpRig(database());
    const house = await makeHouse(rig);
    const { client } = database().database;
    const now = new Date(rig.clock.now());
    const calls = { attemptId: house.attemptId, campaignId: house.campaignId, agentId: house.agentId };
    const inspection = await client.inspection.create({
      data: {
        ...calls,
        kind: 'daily',
        state: 'closed',
        recordingId: house.recordingId,
        reason: 'draw',
        formId: 'valid-marketing',
        formVersion: 1,
        drawnAt: now,
        deadlineAt: now,
        register: { create: { at: now, entry: 'scored', qualified: false } },
      },
    });
    await client.inspectionLevel.create({
      data: { agentId: house.agentId, level: 'tightened', since: now, why: 'fatal', life: {} },
    });
    const list = await client.contactList.findFirstOrThrow();
    const plan = await rig.services.plans.create(
      house.campaignId,
      { name: words, settings: planSettings.parse({ ...planWish.settings, who: { campaignIds: [house.campaignId] } }) },
      { userId: null },
    );
    const offer = await rig.services.quality.offers.create(
      house.campaignId,
      { ...terms, mayUse: { agents: true, teamIds: [], levels: ['normal'] } },
      house.agentId,
    );
    const owner = { centreId: house.centreId, clientId: house.clientIds[0] };
    const known = { ...owner, month: new Date('2026-10-01'), fileName: words, state: 'ready', importedAt: now };
    const customerMonths = await client.customerImport.create({ data: known });
    const customer = await client.customer.create({ data: { ...owner, number: '+12125550123' } });
    const exception = await client.offerException.create({
      data: {
        ...{ offerId: offer.id, version: 1, campaignId: house.campaignId, attemptId: house.attemptId },
        ...{ agentId: house.agentId, state: 'asked', approver: 'lead', wish: words, askedAt: now },
        contactId: (await client.contact.findFirstOrThrow()).id,
        life: { version: 1, record: { state: 'asked', terms: { approvers: ['lead'] }, step: 0 } },
      },
    });
    const job = await rig.services.longJobs.begin(
      { kind: 'what-if', about: 'Campaign', userId: house.agentId },
      async () => ({}),
    );
    const extraction = await client.extraction.create({
      data: {
        ...{ centreId: house.centreId, clientId: house.clientIds[0], campaignId: house.campaignId, listId: list.id },
        ...{ teamId: house.teamIds[0], type: 'member', typeName: { en: 'Member', zh: '' }, month: now, version: 0 },
        ...{ taken: 1, leftOut: {}, at: now },
      },
    });
    ours = {
      extraction: extraction.id,
      campaign: house.campaignId,
      attempt: house.attemptId,
      recording: house.recordingId,
      agent: house.agentId,
      inspection: inspection.id,
      list: list.id,
      centre: house.centreId,
      team: house.teamIds[0],
      longJob: job.id,
      plan: plan.id,
      offer: offer.id,
      offerException: exception.id,
      customerMonths: customerMonths.id,
      customer: customer.id,
      client: house.clientIds[0],
    };

    const centre = await client.centre.create({ data: { name: 'Elsewhere', timeZone: 'UTC', workWeek: [1] } });
    const team = await client.team.create({ data: { name: 'Their team', centreId: centre.id } });
    const operator = await client.client.create({ data: { name: 'Their client' } });
    for (const role of strangers) {
      const place = role === 'client' ? { clientId: operator.id } : { centreId: centre.id };
      const ofTeam = role === 'lead' || role === 'agent' ? { teamId: team.id } : {};
      await rig.makeUser({ username: `strange-${role}`, role, ...place, ...ofTeam });
      browsers.set(role, await rig.signedIn(`strange-${role}`));
    }
  });
  afterAll(() => rig.close());

  const browserOf = (role: string): Browser => {
    const browser = browsers.get(role);
    if (browser === undefined) throw new Error(`nobody signed in as ${role}`);
    return browser;
  };

  test.each(strangers)('as %s: none of our ids is in any list', async (role) => {
    for (const key of Object.keys(routes)) {
      const [method, path = ''] = key.split(' ');
      if (method !== 'GET' || path.includes(':') || ofTheHouse.test(key)) continue;
      const { text: answer, status } = await browserOf(role).ask('GET', path);
      expect({ key, status }).not.toMatchObject({ status: 500 });
      const found = Object.entries(ours).filter(([, id]) => answer.includes(id));
      expect({ key, found }).toEqual({ key, found: [] });
    }
  });

  test.each(strangers)('as %s: no address with one of our ids answers', async (role) => {
    const reached: object[] = [];
    for (const key of Object.keys(routes)) {
      const [method = '', path = ''] = key.split(' ');
      const id = ours[thingAt[path.slice(0, path.indexOf('/:id'))] ?? ''];
      if (id === undefined) continue;
      const body = method === 'GET' ? undefined : (bodies[key] ?? {});
      const { status, text } = await browserOf(role).ask(
        method as 'GET',
        path.replace(':id', id) + (queries[key] ?? ''),
        body,
      );
      if (status !== 403 && status !== 404 && text !== '{"items":[]}') reached.push({ key, status, text });
    }
    expect(reached).toEqual([]);
  });
});
