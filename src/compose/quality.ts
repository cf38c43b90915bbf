/** The quality side with its adapters: workflows that decide and write, reads that are narrowed to their reader. */
import { createHash, randomUUID } from 'node:crypto';
import { parseNumber } from '../../dialer/index.ts';
import { agreementReads } from '../../qa/adapters/store/agreement-reads.ts';
import { billingPost } from '../../qa/adapters/billing-post.ts';
import { billingStore } from '../../qa/adapters/store/billing.ts';
import { calibrationStore } from '../../qa/adapters/store/calibrations.ts';
import { caseReads } from '../../qa/adapters/store/case-reads.ts';
import { causesStore } from '../../qa/adapters/store/causes.ts';
import { conversationIntake } from '../../qa/adapters/store/conversations.ts';
import { samplingStore } from '../../qa/adapters/store/draws.ts';
import { type FormCache, formStore } from '../../qa/adapters/store/forms.ts';
import { inspectionDetail } from '../../qa/adapters/store/inspection-detail.ts';
import { levelPages } from '../../qa/adapters/store/level-reads.ts';
import { levelReads } from '../../qa/adapters/store/levels.ts';
import { peopleNamed } from '../../qa/adapters/store/people.ts';
import { peopleStore } from '../../qa/adapters/store/people-store.ts';
import { qualityFigures } from '../../qa/adapters/store/quality-figures.ts';
import { qualityStore } from '../../qa/adapters/store/quality-store.ts';
import { recordingKeeps } from '../../qa/adapters/store/recording-keeps.ts';
import { recheckStore } from '../../qa/adapters/store/rechecks.ts';
import { riskEffects } from '../../qa/adapters/store/risk-effects.ts';
import { saleReads } from '../../qa/adapters/store/sale-reads.ts';
import { transcriptStore } from '../../qa/adapters/store/transcripts.ts';
import { taskReads } from '../../qa/adapters/store/task-reads.ts';
import {
  createBilling,
  createCalibrations,
  createCases,
  createCauses,
  createForms,
  createHandingOut,
  createInspections,
  createIntake,
  createLevels,
  createPatrols,
  createRecheck,
  createSales,
  createSampler,
  createScorecards,
  createTaskCalls,
  createTranscripts,
  createVerdicts,
  eachApart,
  isTeamFigure,
  type QualityEvent,
  qualityWeek,
  teamThingsBehind,
  thingsBehind,
  wireAgreementOfSpan,
} from '../../qa/index.ts';
import type { QualityApi, Viewer } from '../contract/quality.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import type { EventBus } from '../platform/event-bus.ts';
import { composeOffers } from './offers.ts';
import { chance, drawPages, found, strange, taskPages } from './quality-pages.ts';
import {
  attendedOf,
  bandOf,
  campaignIn,
  campaignsOf,
  centreCalendarOf,
  floorNowOf,
  workOf,
} from './quality-surroundings.ts';

export type QualityDeps = {
  database: Database;
  bus: Pick<EventBus, 'publish'>;
  clock: Pick<Clock, 'now'> /** ISO 3166, for numbers told without a prefix. */;
  country: string;
  /** Everything is on this machine: clients' systems may be, too. False if absent. */
  sandbox?: boolean;
  /** What nobody knows who is judged, and no database: keys of draws and the times of floor patrols hang on it. The same in all processes; another each time if absent. */
  secret?: string;
};

export function composeQuality({
  database,
  bus,
  clock,
  country,
  sandbox = false,
  secret = randomUUID(),
}: QualityDeps): QualityApi {
  const { client } = database;
  const derived = (what: string) => createHash('sha256').update(`${what}:${secret}`).digest('hex');
  const publish = (event: QualityEvent): void => bus.publish(`quality/${event.type}`, event);
  const campaigns = campaignsOf(database.pool);
  const formCache: FormCache = new Map();
  const forms = formStore(client, formCache);
  const store = qualityStore(client, campaignIn, formCache);
  const sales = createSales({ store, clock, publish });
  const calls = createTaskCalls({ store, clock });
  const levels = createLevels({ store, reads: levelReads(client), clock });
  const afterVerdict = createVerdicts({ sales, levels: levels.afterVerdict });
  const inspections = createInspections({ store, clock, afterVerdict, publish });
  const handOut = createHandingOut({ store, inspections, chance });
  const sampling = samplingStore(database);
  const sampler = createSampler({
    store: sampling,
    campaigns,
    forms,
    clock,
    raised: levels.raised,
    secret: derived('draws'),
    publish,
  });
  const figures = qualityFigures(client);
  const scorecards = createScorecards({
    figures,
    work: workOf(client),
    attended: attendedOf(client),
    people: peopleStore(client),
    clock,
    band: bandOf(client),
  });
  const names = (ids: Iterable<string | null>) => peopleNamed(client, ids);
  const calibrations = createCalibrations({
    store: calibrationStore(client),
    forms,
    calendar: centreCalendarOf(client),
    names,
    clock,
    freshKey: randomUUID,
  });
  const agreement = agreementReads(client);
  const detail = inspectionDetail(client, forms);
  const pages = levelPages(client);
  const patrols = createPatrols({ store: pages, floor: floorNowOf(client), clock, key: derived('patrols') });
  const saleOf = saleReads(client);
  const cases = createCases({
    store,
    reads: caseReads(client),
    campaigns,
    clock,
    publish,
    centreCalendar: centreCalendarOf(client),
    normalNumber: (told) => {
      const parsed = parseNumber(told, country);
      return parsed.ok ? parsed.number : null;
    },
  });
  const offers = composeOffers(client, store, clock);
  const transcripts = createTranscripts({ store: transcriptStore(client), clock });
  const recheck = createRecheck({ store, rechecks: recheckStore(client), transcripts, campaigns, clock });

  /** Takes a step in what is this person's to see, then shows what became of it. */
  const then = async (viewer: Viewer, id: string, step: () => Promise<void>) => {
    if (!(await detail.reads.belongs(viewer, id))) throw strange('inspection-unknown');
    await step();
    return detail.read(viewer, id);
  };
  const ofAgent = async <T>(viewer: Viewer, agentId: string, step: () => Promise<T>): Promise<T> => {
    if (!(await pages.seesAgent(viewer, agentId))) throw strange('agent-unknown');
    return step();
  };

  return {
    intake: createIntake({
      conversations: conversationIntake(client),
      campaigns,
      sales,
      complaint: cases.complaint,
      question: cases.question,
      unheard: inspections.unheard,
      unreadReply: cases.unreadReply,
      returnCall: cases.returnCallClosed,
      publish,
    }),
    forms: createForms({ store: forms, names, clock }),
    inspections: {
      riskEffects: riskEffects(client, clock),
      list: detail.reads.list,
      async next(viewer, after) {
        const id = await detail.reads.nextFor(viewer.userId, after);
        return id === null ? null : detail.read(viewer, id);
      },
      read: detail.read,
      open: (viewer, id) => then(viewer, id, () => inspections.open(viewer, id)),
      draft: inspections.draft,
      score: (viewer, id, verdict) => then(viewer, id, () => inspections.score(viewer, id, verdict)),
      correct: (viewer, id, verdict) => then(viewer, id, () => inspections.correct(viewer, id, verdict)),
      agree: (viewer, id) => then(viewer, id, () => inspections.agree(viewer, id)),
      dispute: (viewer, id, reason) => then(viewer, id, () => inspections.dispute(viewer, id, reason)),
      decide: (viewer, id, verdict) => then(viewer, id, () => inspections.decide(viewer, id, verdict)),
      assign: (viewer, id, given) => then(viewer, id, () => inspections.assign(viewer, id, given)),
      async judges(viewer, id) {
        if (!(await detail.reads.belongs(viewer, id))) throw strange('inspection-unknown');
        return store.possibleJudges(id);
      },
      register: detail.registerPage,
      agreement: async (viewer, filter) => wireAgreementOfSpan(await agreement(viewer, filter)),
      levels: async (viewer) => pages.levels(viewer, await campaigns.all()),
      lift: (viewer, agentId, why) => ofAgent(viewer, agentId, () => levels.lift(viewer, agentId, why)),
      coached: (viewer, agentId, note) => ofAgent(viewer, agentId, () => levels.coached(viewer, agentId, note)),
      patrols: patrols.patrols,
      addPatrol: (viewer, patrol) => ofAgent(viewer, patrol.agentId, () => patrols.addPatrol(viewer, patrol)),
      patrolProposal: patrols.proposal,
      mayListen: detail.reads.mayListen,
      hidden: detail.hidden,
    },
    calibrations,
    offers,
    transcripts,
    draws: drawPages({ client, stored: sampling.stored, clock }),
    sales: {
      list: saleOf.list,
      read: async (viewer, id) => found(await saleOf.one(viewer, id), 'sale-unknown'),
      async void(viewer, id) {
        found(await saleOf.one(viewer, id), 'sale-unknown');
        await sales.voided(id, viewer.userId);
        return found(await saleOf.one(viewer, id), 'sale-unknown');
      },
    },
    billing: createBilling({ store: billingStore(client), post: billingPost, clock, sandbox }),
    tasks: taskPages(taskReads(client), calls),
    cases,
    causes: createCauses({ store: causesStore(client), people: peopleStore(client), clock }),
    keeps: recordingKeeps(client),
    scorecards,
    async behind(span, { centreId, ...whose }, figure, detail) {
      return isTeamFigure(figure)
        ? teamThingsBehind(await figures.teamThings(span, whose, centreId), figure)
        : thingsBehind(await figures.things(span, whose, centreId), figure, detail);
    },
    records: (viewer, campaignId) => figures.records(campaignId, viewer),
    week: (campaignId, from, to) => qualityWeek(figures, campaignId, from, to),
    // What could be drawn is handed out, also where something could not.
    drawDue: () => sampler.drawDue().finally(handOut),
    async sweep() {
      let changed = 0;
      await eachApart(
        [recheck.run, handOut, inspections.sweep, sales.sweep, cases.sweep, offers.exceptions.sweep],
        async (part) => {
          changed += await part();
        },
      );
      return { changed };
    },
  };
}
