/** Texts: what is kept of them, and the carrier's side. Rows are the intent; the carrier is asked after they are committed. */
import type { HandoffToQuality, TextOrigin } from '../events.ts';
import type { WorkingCalendar } from '../rules/calendar.ts';
import type { ReplyReading } from '../rules/text.ts';
import type { TextLife } from '../rules/text-life.ts';
import type { Asked } from './carrier.ts';

export type TextRow = TextLife & {
  textId: string;
  origin: TextOrigin;
  campaignId: string;
  attemptId: string;
  number: string;
  sender: string;
  body: string;
  createdAt: number;
  version: number;
};

/** What a text is made of: the call it follows, and whose product it is about. */
export type TextFacts = {
  campaignId: string;
  number: string;
  callerId: string;
  caller: string;
  product: string;
  tariff: string;
  trialDays: number;
  demo: boolean;
};

export type Reply = {
  carrierMessageId: string;
  number: string;
  /** The number of ours that it was sent to. */
  ours: string;
  body: string;
  at: number;
  reading: ReplyReading;
};

/** A text of which the customer's answer is still awaited. */
export type AwaitedText = Pick<TextRow, 'textId' | 'origin' | 'campaignId' | 'attemptId'>;

export type TextStore = {
  /** Null: no such call. */
  facts(attemptId: string): Promise<TextFacts | null>;
  /** The days and the time zone of the person that this call was with; null: no such call. */
  recipient(attemptId: string): Promise<{ timeZone: string; calendar: WorkingCalendar } | null>;
  /** False: this origin has its text already. */
  intend(text: Omit<TextRow, 'version' | 'textId'>): Promise<boolean>;
  byId(textId: string): Promise<TextRow | null>;
  /** Takes rows whose next try is due and moves it to `claimUntil`, so that each is worked on once. */
  claimDue(now: number, claimUntil: number, limit: number): Promise<TextRow[]>;
  /** With the fact that quality is owed, if any. False: somebody was faster. */
  save(
    before: TextRow,
    after: TextLife,
    failure: string | null,
    now: number,
    handoff?: HandoffToQuality,
  ): Promise<boolean>;
  /** Whether the blacklist or somebody else's list forbids to write to this number on behalf of this campaign. */
  forbidden(text: Pick<TextRow, 'campaignId' | 'number'>, now: number): Promise<boolean>;
  /** Which of these carrier's ids are ours already. */
  knownIds(carrierMessageIds: readonly string[]): Promise<Set<string>>;
  /** Terms to this number whose answer has not come, newest first; `since` bounds how old they are. */
  awaited(number: string, ours: string, since: number): Promise<AwaitedText[]>;
  /** The campaign whose words a reply is read by, and the call it would be about, where no text awaits it. */
  lastCallTo(number: string): Promise<{ campaignId: string; attemptId: string } | null>;
  /** Keeps a reply with what it answers. False: kept before. */
  keepReply(reply: Reply, answers: { textIds: string[]; handoffs: HandoffToQuality[] }): Promise<boolean>;
};

export type TextOrder = { textId: string; to: string; from: string; body: string };

export type SendResult =
  | { kind: 'accepted'; carrierMessageId: string }
  /** Nothing was sent and nothing will be. */
  | { kind: 'refused'; code: string }
  /** Not processed; may be asked again after so long. */
  | { kind: 'busy'; retryAfterMs: number }
  /** Nobody knows whether it was taken. */
  | { kind: 'uncertain' };

export type CarrierText = {
  carrierMessageId: string;
  to: string;
  from: string;
  body: string;
  status: 'under-way' | 'sent' | 'delivered' | 'failed';
  code: string | null;
  createdAt: number;
};

/** The carrier's texts. Results are values: a thrown error is a fault of the adapter. */
export type TextCarrier = {
  sendText(order: TextOrder): Promise<SendResult>;
  /** Null: the carrier does not know it. */
  text(carrierMessageId: string): Promise<Asked<CarrierText | null>>;
  /** Texts of ours to a number since, newest first. */
  textsTo(number: string, since: number): Promise<Asked<CarrierText[]>>;
  /** Makes replies to this number of ours come to us. `elsewhere`: somebody has set another address, which is left alone. */
  receiveReplies(ours: string): Promise<Asked<'here' | 'elsewhere' | 'not-ours'>>;
};
