/** Where conversations, frames and draws are kept. */
import type {
  DrawFigures,
  Drawn,
  DrawnList,
  DrawRequest,
  Frame,
  FrameEntry,
  OverlapRequest,
  UuidAt,
} from '../rules/sampling.ts';

export type DrawKind = 'daily' | 'weekly' | 'overlap';
/** First local day of the period: the day itself, or the Monday of the week. */
export type Period = { campaignId: string; kind: DrawKind; from: string; to: string };

/** One conversation as the frame's rules see it. The bytes of its recording's id are the store's, and another's after the call. */
export type FrameCandidate = {
  recordingId: UuidAt;
  agentId: string;
  sale: boolean;
  talkMs: number;
  durationMs: number;
  connectedAt: number;
  agentJoinedAt: number;
  complaint: boolean;
};

export type StoredDraw = {
  drawId: string;
  campaignId: string;
  kind: DrawKind;
  request: DrawRequest | OverlapRequest;
  key: string;
  /** The hash of that key, as the draw has it. */
  commitment: string;
  /** The hash as it was kept before the period was over, and when; empty where there is none. */
  promise: string;
  committedAt: number;
  frameHash: string;
  figures: DrawFigures;
  entries: Iterable<FrameEntry>;
  drawn: Drawn[];
};

/** What a draw came to: its frame, what was taken, and the facts that go with it. */
export type DrawRecord = {
  frame: Frame;
  drawn: DrawnList;
  request: DrawRequest | OverlapRequest;
  rate: number;
  forced: number;
  late: number;
};

export type InspectionPlan = {
  kind: (reason: Drawn['reason']) => 'daily' | 'weekly' | 'overlap' | 'forced';
  formId: string;
  formVersion: number;
  deadlineAt: number;
};

export type SamplingStore = {
  /** Periods of this kind whose last day is before `today` and in which something can be drawn that no draw has covered. */
  openPeriods(campaignId: string, kind: 'daily' | 'weekly', today: string): Promise<Period[]>;
  /**
   * Promises a key by its hash, unless one is promised for this round already. A key comes back only where one was promised before keys
   * were kept out of the database.
   */
  promise(period: Period, round: number, commitment: string, now: number): Promise<{ key: string | null }>;
  /** How often this period was drawn already, and which agents the week's earlier daily draws took. */
  before(period: Period, weekFrom: string): Promise<{ round: number; alreadyDrawn: string[] }>;
  /**
   * One draw as one transaction: stops intake for its duration, reads the candidates that no earlier round covered one by
   * one, and stores frame, draw, items and inspections. Null when another process drew this round meanwhile, or nothing is there.
   */
  draw(
    period: Period,
    round: number,
    key: { key: string; commitment: string },
    now: number,
    add: (candidate: FrameCandidate) => void,
    finish: () => DrawRecord | null,
    plan: InspectionPlan,
  ): Promise<string | null>;
  /** Recordings that the daily draws of a week took, and whether the supervisor's draws of that week took them too. */
  drawnDaily(
    campaignId: string,
    from: string,
    to: string,
  ): Promise<{ recordingId: string; agentId: string; weekly: boolean }[]>;
  stored(drawId: string): Promise<StoredDraw | null>;
};
