/**
 * What the server asks of the quality side. The façade of `qa/index.ts` satisfies this type by its shape (qa knows nothing of
 * `src/`); `compose.ts` is where the compiler holds the two together. Every read takes the viewer and returns only what that
 * person may see; refusals are errors with `code` and `retryable`. Long because it is one façade, and a type that is read in one place.
 */
import type { Offers, Transcripts } from '../../qa/index.ts';
import type { WeekFigures } from './summaries.ts';
import type { RiskEffects } from './transcripts.ts';
import type { BillingEntry, BillingFeed } from './billing.ts';
import type { ConversationFacts, RecordingFacts, TextOrigin, ToldReply, UnreachedTask } from './facts.ts';
import type { CriterionAnswer, Form, FormBody, FormChange, FormVersion, FormVersionHead, Verdict } from './forms.ts';
import type { Calibration, CalibrationHead, NewCalibration } from './calibrations.ts';
import type { AgreementOfSpan, InspectionLevel, Patrol, PatrolProposal } from './inspection-levels.ts';
import type { Inspection, InspectionDetail, InspectionFilter, PossibleJudge, RegisterLine } from './inspections.ts';
import type { CaseDetail, CaseFile, CaseFilter, CaseStep, NewCase, ReturnCallCase } from './cases.ts';
import type { FoundFigure, TeamFigure } from './calls-behind.ts';
import type { CauseQuery, CauseTable, NewStudyMeeting, StudyMeeting } from './causes.ts';
import type { Person, Rate, Role } from './common.ts';
import type { TaskCall, TaskFilter } from './corrective-calls.ts';
import type { Draw, DrawCheck, DrawFilter, DrawnItem, DrawPromise } from './draws.ts';
import type { Sale, SaleDetail, SaleFilter } from './sales.ts';
import type { CardQuery, CardWeights, Scorecard, Streak } from './scorecards.ts';

export type { ConversationFacts, RecordingFacts, TextOrigin, ToldReply, UnreachedTask } from './facts.ts';

/** Who asks. Agents see their own, leads their team’s, inspectors what they were assigned, clients their campaigns. */
export type Viewer = {
  userId: string;
  role: Role;
  centreId: string | null;
  teamId: string | null;
  clientId: string | null;
};

export type Page<T> = { items: T[]; next: string | null; total: number | null };

/** Idempotent receivers of the dialler's facts. */
export type QualityIntake = {
  conversationClosed(facts: ConversationFacts): Promise<void>;
  recordingStored(facts: RecordingFacts): Promise<void>;
  recordingLost(facts: RecordingFacts): Promise<void>;
  saleRecorded(facts: ConversationFacts): Promise<void>;
  taskCallClosed(facts: ConversationFacts): Promise<void>;
  taskCallUnreached(facts: UnreachedTask): Promise<void>;
  textArrived(origin: TextOrigin): Promise<void>;
  textFailed(origin: TextOrigin, why: string): Promise<void>;
  textReplied(reply: ToldReply): Promise<void>;
  complaintTold(facts: ConversationFacts): Promise<void>;
};

/**
 * Quality's wishes, written by quality into the table `handoff` in the transaction of the change itself and carried to the
 * dialler by `src/handoffs.ts`, at least once.
 */
export type HandoffToDialer =
  | {
      topic: 'task-call-wanted';
      origin: { kind: 'corrective' | 'verification' | 'confirmation' | 'return-call' | 'offer-answer'; id: string };
      attemptId: string;
      agentId: string | null;
      notBefore: number;
      deadlineAt: number;
    }
  | { topic: 'task-call-withdrawn'; origin: { kind: string; id: string } }
  | { topic: 'text-wanted'; origin: { kind: 'terms' | 'notice'; id: string }; attemptId: string; sendUntil: number }
  | { topic: 'selling-changed'; agentId: string; maySell: boolean }
  | {
      topic: 'number-blocked';
      /** Whose number: of this attempt, or the number itself. */
      attemptId: string | null;
      number: string | null;
      scope: 'all' | 'product-line' | 'campaign';
      scopeId: string | null;
      reason: 'opt-out' | 'complaint' | 'regulator' | 'client' | 'other';
      source: string;
      evidence: Record<string, string>;
      endsAt: number | null;
      by: string | null;
    }
  | { topic: 'recording-held'; recordingId: string; change: 1 | -1 };

/** Quality's part of a campaign's weekly summary, [from, to) in epoch ms. */
export type QualityWeek = {
  sales: number;
  validSales: number;
  inspected: number;
  effectiveRate: Rate;
  unqualifiedByCriterion: Record<string, number>;
  correctiveCalls: { asked: number; done: number; confirmed: number };
  complaints: Omit<Required<WeekFigures['complaints']>, 'perTenThousandSales'>;
  byAgent: { agentId: string; sales: number; inspected: number; validSales: number }[];
  /** When each sale was recorded. */
  salesAt: number[];
  problems: {
    code: string;
    severity: 'info' | 'warning' | 'serious';
    values: Record<string, string | number>;
    caseIds: string[];
  }[];
  draws: { id: string; kind: string; from: string; frameSize: number; size: number; inspected: number }[];
  /** Recordings put forward for the client's own spot check. */
  spotCheck: string[];
  /** What each figure counted: as many things as the figure says. */
  lists: CountedList[];
};

/** A sale, an inspection, a task call or a case that a figure counts, and its call. */
/** `ms`: how long it took, where the figure is a time. */
export type CountedThing = { id: string; at: number; attemptId: string | null; agentId: string | null; ms?: number };
/** `detail`: the criterion, where the figure has one. */
export type CountedList = { figure: FoundFigure; detail: string | null; things: readonly CountedThing[] };

export type CardSpan = { from: number; to: number; agentIds: string[]; centreId: string | null; timeZone: string };

export type QualityApi = {
  intake: QualityIntake;
  forms: {
    newest(): Promise<Form[]>;
    version(id: string, version: number): Promise<Form>;
    versions(id: string | null): Promise<FormVersionHead[]>;
    read(id: string, version: number): Promise<FormVersion>;
    changes(id: string, from: number, to: number): Promise<FormChange[]>;
    begin(viewer: Viewer, id: string): Promise<FormVersion>;
    save(viewer: Viewer, id: string, sent: { revision: number; note: string; body: FormBody }): Promise<FormVersion>;
    discard(viewer: Viewer, id: string, revision: number): Promise<void>;
    publish(viewer: Viewer, id: string, sent: { revision: number; sameMeaning: string[] }): Promise<FormVersion>;
  };
  inspections: {
    /** What judged re-checks say of the factors that order them. */
    riskEffects(viewer: Viewer): Promise<RiskEffects>;
    list(viewer: Viewer, filter: InspectionFilter): Promise<Page<Inspection>>;
    next(viewer: Viewer, after: string | null): Promise<InspectionDetail | null>;
    read(viewer: Viewer, id: string): Promise<InspectionDetail>;
    open(viewer: Viewer, id: string): Promise<InspectionDetail>;
    draft(viewer: Viewer, id: string, answers: CriterionAnswer[], note: string): Promise<void>;
    score(viewer: Viewer, id: string, verdict: Verdict): Promise<InspectionDetail>;
    correct(viewer: Viewer, id: string, verdict: Verdict & { why: string }): Promise<InspectionDetail>;
    agree(viewer: Viewer, id: string): Promise<InspectionDetail>;
    dispute(viewer: Viewer, id: string, reason: string): Promise<InspectionDetail>;
    decide(viewer: Viewer, id: string, verdict: Verdict & { why: string }): Promise<InspectionDetail>;
    assign(viewer: Viewer, id: string, given: { userId: string; why: string }): Promise<InspectionDetail>;
    judges(viewer: Viewer, id: string): Promise<PossibleJudge[]>;
    register(
      viewer: Viewer,
      filter: {
        limit: number;
        after?: string | undefined;
        from?: number | undefined;
        to?: number | undefined;
        campaignId?: string | undefined;
        agentId?: string | undefined;
      },
    ): Promise<Page<RegisterLine>>;
    agreement(
      viewer: Viewer,
      filter: { from?: number | undefined; to?: number | undefined; campaignId?: string | undefined },
    ): Promise<AgreementOfSpan>;
    levels(viewer: Viewer): Promise<InspectionLevel[]>;
    lift(viewer: Viewer, agentId: string, why: string): Promise<void>;
    coached(viewer: Viewer, agentId: string, note: string): Promise<void>;
    patrols(viewer: Viewer, page: { limit: number; after?: string | undefined }): Promise<Page<Patrol>>;
    addPatrol(
      viewer: Viewer,
      patrol: { agentId: string; attemptId: string | null; observation: string; marks: Record<string, number> },
    ): Promise<Patrol>;
    /** The round that is due now in the reader's centre. */
    patrolProposal(viewer: Viewer): Promise<PatrolProposal | null>;
    /** Whether this person may listen to a recording because it was assigned (or double-judged, or disputed) to them. */
    mayListen(viewer: Viewer, recordingId: string): Promise<boolean>;
    /** Of which of these calls somebody who judges must learn neither agent nor findings yet, and which follow from them, nor that somebody complained. */
    hidden(
      viewer: Viewer,
      attemptIds: readonly string[],
    ): Promise<Record<'agent' | 'complaint' | 'findings' | 'follows', ReadonlySet<string>>>;
  };
  calibrations: {
    list(viewer: Viewer): Promise<{ items: CalibrationHead[]; people: Person[] }>;
    open(viewer: Viewer, wish: NewCalibration): Promise<Calibration>;
    read(viewer: Viewer, id: string): Promise<Calibration>;
    close(viewer: Viewer, id: string): Promise<Calibration>;
  };
  /** What agents may give a campaign’s customers. Who may see the campaign the caller makes sure of. */
  offers: Offers;
  /** What speech engines wrote down of recordings, and what is found in it. Who may hear a recording the caller makes sure of. */
  transcripts: Omit<Transcripts, 'readWaiting'>;
  draws: {
    list(viewer: Viewer, filter: DrawFilter): Promise<Page<Draw>>;
    /** The hashes of the keys of periods that still run. */
    promised(viewer: Viewer): Promise<DrawPromise[]>;
    read(viewer: Viewer, id: string): Promise<Draw>;
    items(viewer: Viewer, id: string, page: { limit: number; after?: string | undefined }): Promise<Page<DrawnItem>>;
    /** `progress` is told how many recordings of the frame have been read again. */
    verify(viewer: Viewer, id: string, progress?: (done: number) => void): Promise<DrawCheck>;
  };
  sales: {
    list(viewer: Viewer, filter: SaleFilter): Promise<Page<Sale>>;
    read(viewer: Viewer, id: string): Promise<SaleDetail>;
    void(viewer: Viewer, id: string, why: string): Promise<SaleDetail>;
  };
  billing: {
    feeds(viewer: Viewer): Promise<BillingFeed[]>;
    /** Entries after a cursor as a signed text; `write` null: JSON. The same cursor gives the same entries again. */
    file(
      viewer: Viewer,
      clientId: string,
      page: { after: number; limit: number },
      write: ((entries: readonly BillingEntry[]) => string) | null,
    ): Promise<{ body: string; signature: string; entries: BillingEntry[]; cursor: number }>;
    /** Everything after a cursor as one signed file, piece by piece. */
    whole(
      viewer: Viewer,
      clientId: string,
      after: number,
      write: { head: string; lines(entries: readonly BillingEntry[]): string },
      signed?: (entries: number) => void,
    ): Promise<{ body: AsyncIterable<{ text: string; rows: number }>; signature: string; cursor: number }>;
    setEndpoint(viewer: Viewer, clientId: string, endpoint: string | null): Promise<BillingFeed>;
    renewSecret(viewer: Viewer, clientId: string): Promise<{ secret: string }>;
    /** Sends to clients' endpoints what is due; answers how many messages were taken. */
    deliver(): Promise<number>;
  };
  tasks: {
    list(viewer: Viewer, filter: TaskFilter): Promise<Page<TaskCall>>;
    assign(viewer: Viewer, id: string, agentId: string | null): Promise<TaskCall>;
    withdraw(viewer: Viewer, id: string, why: string): Promise<TaskCall>;
  };
  cases: {
    list(viewer: Viewer, filter: CaseFilter): Promise<Page<CaseFile>>;
    open(viewer: Viewer, file: NewCase): Promise<CaseDetail>;
    read(viewer: Viewer, id: string): Promise<CaseDetail>;
    step(viewer: Viewer, id: string, step: CaseStep): Promise<CaseDetail>;
    /** Of a return call that this agent has on the desk, which the caller knows. */
    forReturnCall(viewer: Viewer, taskId: string): Promise<ReturnCallCase & { caseId: string }>;
  };
  causes: {
    table(viewer: Viewer, query: CauseQuery): Promise<CauseTable>;
    meetings(viewer: Viewer): Promise<StudyMeeting[]>;
    record(viewer: Viewer, meeting: NewStudyMeeting): Promise<string>;
    check(viewer: Viewer, measureId: string, found: { helped: boolean; finding: string }): Promise<void>;
  };
  scorecards: {
    cards(viewer: Viewer, query: CardQuery): Promise<Scorecard[]>;
    history(viewer: Viewer, agentId: string, period: CardQuery['period'], count: number): Promise<Scorecard[]>;
    streaks(viewer: Viewer): Promise<Streak[]>;
    /** The span and the agents of a card, and the centre where it is a centre's; null where it is not this person's to see. */
    whose(viewer: Viewer, subjectId: string, query: CardQuery): Promise<CardSpan | null>;
    weights(viewer: Viewer): Promise<CardWeights>;
    setWeights(viewer: Viewer, weights: CardWeights, preview: boolean): Promise<Scorecard[]>;
  };
  /** Which of these recordings somebody may still need: open cases, inspections that are not over, sales that are not decided. */
  keeps(
    recordingIds: string[],
  ): Promise<{ recordingId: string; reason: 'open-case' | 'open-inspection' | 'sale-undecided'; by: string }[]>;
  /** What one of quality's figures counts in a span, [from, to) in epoch ms. */
  behind(
    span: { from: number; to: number },
    whose: { campaignId: string | null; agentIds: readonly string[] | null; centreId: string | null },
    figure: FoundFigure | TeamFigure,
    detail: string | null,
  ): Promise<readonly CountedThing[]>;
  /** Records that inspections of a campaign looked at, and those that say what was said; without findings that this person must not learn. */
  records(viewer: Viewer, campaignId: string): Promise<{ checked: number; accurate: number }>;
  /** Quality's part of the weekly summary. */
  week(campaignId: string, from: number, to: number): Promise<QualityWeek>;
  /** Makes every daily and weekly draw whose day or week of the centre has closed and that is not made yet; idempotent. */
  drawDue(): Promise<{ made: { id: string; kind: string; campaignId: string }[] }>;
  /** Looks at everything whose deadline has passed: assignments, corrective calls, held sales, confirmations, cases. */
  sweep(): Promise<{ changed: number }>;
};
