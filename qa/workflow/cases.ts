/**
 * Complaints, problems, questions, suggestions and a client's remarks. The life of a case is rules/case; here each step is taken
 * under a row lock, entered in the journal, and what it asks for follows in the same transaction (cases/granting.ts).
 */
import { createHash, randomUUID } from 'node:crypto';
import { QualityError } from '../errors.ts';
import type {
  CaseDetailView,
  CaseDocument,
  CaseFilter,
  CaseReads,
  CaseView,
  CentreCalendar,
  ReturnCallCase,
  ToldCall,
} from '../ports/case-store.ts';
import type { QualityStore, QualityTx } from '../ports/quality-store.ts';
import type { Campaigns, Clock, QualityEvent } from '../ports/surroundings.ts';
import type { Page, Viewer } from '../ports/viewer.ts';
import type { CaseChannel, CaseKindTold } from '../rules/case-words.ts';
import type { WorkingCalendar } from '../rules/working-days.ts';
import { createCaseChanges } from './cases/changes.ts';
import { lookBackMs, openCase, type Told } from './cases/opening.ts';
import type { CaseStepTaken } from './cases/steps.ts';
import type { ConversationFacts, ToldReply } from '../ports/conversation.ts';

export type NewCaseTold = {
  kind: CaseKindTold;
  channel: CaseChannel;
  words: string;
  serious: boolean;
  agreementCustomer?: boolean | undefined;
  department: string;
  attemptId: string | null;
  number: string | null;
  campaignId: string | null;
  recordingId: string | null;
};

export type CaseDeps = {
  store: QualityStore;
  reads: CaseReads;
  campaigns: Campaigns;
  centreCalendar: CentreCalendar;
  /** A number as told, in E.164; null where it is none. */
  normalNumber: (told: string) => string | null;
  clock: Clock;
  publish: (event: QualityEvent) => void;
};

export function createCases(deps: CaseDeps) {
  const { store, reads, campaigns, centreCalendar, normalNumber, clock, publish } = deps;

  const calendarOf = async (
    file: Pick<CaseDocument, 'campaignId' | 'centreId'>,
    of: Pick<QualityTx, 'campaign'>,
  ): Promise<WorkingCalendar> => {
    const campaign = file.campaignId === null ? null : await of.campaign(file.campaignId);
    return campaign?.calendar ?? centreCalendar(file.centreId);
  };
  const changes = createCaseChanges({ store, reads, clock, calendarOf, publish });

  async function record(told: Told): Promise<void> {
    const calendar = await calendarOf(told, { campaign: campaigns.of });
    const opened = await store.transact((tx) => openCase(tx, told, { now: clock.now(), calendar }));
    if (opened !== null) publish({ type: 'case-changed', caseId: told.id, state: 'open' });
  }

  /** @throws QualityError `case-unknown`, also for those of others. */
  async function read(viewer: Viewer, id: string): Promise<CaseDetailView> {
    const found = await reads.one(viewer, id, clock.now());
    if (found === null) throw new QualityError('case-unknown', 'There is no such case, or it is not yours to see.');
    return found;
  }

  return {
    list: (viewer: Viewer, filter: CaseFilter): Promise<Page<CaseView>> => reads.list(viewer, filter, clock.now()),
    read,

    async open(viewer: Viewer, file: NewCaseTold): Promise<CaseDetailView> {
      const number = file.number === null || file.number.trim() === '' ? null : normalNumber(file.number);
      if (number === null && file.number !== null && file.number.trim() !== '')
        throw faulty('number-invalid', 'number', 'This is not a telephone number.');
      const call = await callOf(viewer, file, number);
      const campaignId = call?.campaignId ?? file.campaignId;
      const campaign = campaignId === null ? null : await campaigns.of(campaignId);
      const seen = campaign !== null && (call !== null || mayFileUnder(viewer, campaign));
      if (campaignId !== null && !seen)
        throw faulty('campaign-unknown', 'campaignId', 'There is no such campaign, or it is not yours.');
      // Without it nobody in a centre would ever see the case.
      if (viewer.role === 'client' && campaignId === null)
        throw faulty('campaign-missing', 'campaignId', 'Name the campaign that this is about.');
      const id = randomUUID();
      const { kind, channel, words, serious, agreementCustomer, department } = file;
      await record({
        id,
        kind,
        channel,
        words,
        serious,
        agreementCustomer,
        department,
        by: viewer.userId,
        call,
        campaignId,
        presumed: call !== null && file.attemptId === null && file.recordingId === null,
        number: number ?? call?.number ?? null,
        centreId: campaign?.centreId ?? viewer.centreId,
      });
      return read(viewer, id);
    },

    async step(viewer: Viewer, id: string, step: CaseStepTaken): Promise<CaseDetailView> {
      await read(viewer, id);
      await changes.step(viewer, id, step);
      return read(viewer, id);
    },

    /** @throws QualityError `case-unknown`: no return call of a case. */
    async forReturnCall({ userId }: Viewer, taskId: string): Promise<ReturnCallCase> {
      const found = await reads.ofReturnCall(userId, taskId);
      if (found === null) throw new QualityError('case-unknown', 'There is no case with this return call.');
      return found;
    },

    /** An agent took a complaint down in the call itself; told again, nothing happens. */
    complaint: (facts: ConversationFacts) => toldInCall(facts, 'complaint', caseIdOf(facts.attemptId)),

    /** A question that took longer than the call: the problem desk answers it (A5). */
    question: (facts: ConversationFacts) => toldInCall(facts, 'question', caseIdOf(`question ${facts.attemptId}`)),

    /** A text that answers nothing we can act on: somebody reads it and writes or calls back. The same text makes one case. */
    async unreadReply({ replyId, attemptId, campaignId, words }: ToldReply): Promise<void> {
      const at = { attemptId, recordingId: null, number: null, campaignId: null };
      const [call, campaign] = await Promise.all([
        reads.call(null, at, clock.now() - lookBackMs),
        campaigns.of(campaignId),
      ]);
      await record({
        ...{
          id: caseIdOf(`reply ${replyId}`),
          kind: 'question',
          channel: 'text',
          words,
          serious: false,
          department: '',
        },
        ...{
          by: null,
          call,
          presumed: false,
          number: call?.number ?? null,
          campaignId,
          centreId: campaign?.centreId ?? null,
        },
      });
    },

    returnCallClosed: changes.returnCallClosed,
    judgedAgain: changes.judgedAgain,
    sweep: changes.sweep,
  };

  async function toldInCall(facts: ConversationFacts, kind: 'complaint' | 'question', id: string): Promise<void> {
    const { attemptId, agentId, campaignId, detail, note } = facts;
    const at = { attemptId, recordingId: null, number: null, campaignId: null };
    const [call, campaign] = await Promise.all([
      reads.call(null, at, clock.now() - lookBackMs),
      campaigns.of(campaignId),
    ]);
    const words = typeof detail.words === 'string' && detail.words.trim() !== '' ? detail.words : note;
    await record({
      id,
      kind,
      channel: 'call',
      words,
      serious: false,
      department: '',
      by: agentId,
      call,
      presumed: false,
      number: call?.number ?? null,
      campaignId,
      centreId: campaign?.centreId ?? null,
    });
  }

  /** @throws QualityError where a call or recording is named that this person may not see. */
  async function callOf(viewer: Viewer, file: NewCaseTold, number: string | null): Promise<ToldCall | null> {
    const { attemptId, recordingId, campaignId } = file;
    if (attemptId === null && recordingId === null && number === null) return null;
    const call = await reads.call(viewer, { attemptId, recordingId, number, campaignId }, clock.now() - lookBackMs);
    if (call === null && attemptId !== null)
      throw faulty('attempt-unknown', 'attemptId', 'There is no such call, or it is not yours to see.');
    if (call === null && recordingId !== null)
      throw faulty('recording-unknown', 'recordingId', 'There is no such recording, or it is not yours to hear.');
    return call;
  }
}

function mayFileUnder(viewer: Viewer, campaign: { centreId: string; clientId: string }): boolean {
  if (viewer.role === 'administrator') return true;
  return viewer.role === 'client' ? campaign.clientId === viewer.clientId : campaign.centreId === viewer.centreId;
}

function faulty(code: string, field: string, sentence: string): QualityError {
  return new QualityError(code, sentence, { faults: [{ code, field }] });
}

/** The same call always makes the same case, however often and wherever it is told: a UUID of version 8 from its hash. */
export function caseIdOf(attemptId: string): string {
  const hex = createHash('sha256').update(`complaint ${attemptId}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
