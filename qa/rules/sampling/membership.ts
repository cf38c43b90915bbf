import type { ForcedReason } from './frame.ts';

/** What is known of one finished conversation when its day closes. */
export interface ConversationFacts {
  readonly outcome: 'sale' | 'no-sale';
  readonly talkSeconds: number;
  readonly recording: 'stored' | 'damaged' | 'missing';
  /** Length of the recording; 0 where there is none. */
  readonly recordingSeconds: number;
  readonly complaint: boolean;
  /** The conversation fell into the first days of its agent, as the campaign counts them. */
  readonly agentInFirstWeek: boolean;
}

/** The campaign's choice of what can be drawn, and which conversations are always inspected. null = rule switched off. */
export interface FrameRules {
  readonly members: 'sales' | 'conversations';
  /** A recording may be this much shorter than the talk, seconds: ringing down, joining. */
  readonly shorterBySeconds: number;
  readonly longFromSeconds: number | null;
  readonly shortBelowSeconds: number | null;
  readonly firstWeek: boolean;
  readonly complaint: boolean;
}

/** Why a conversation cannot be drawn. All but 'not-a-sale' are faults that somebody is told of: they may be cured, and come late. */
export type Exclusion = 'not-a-sale' | 'recording-missing' | 'recording-damaged' | 'recording-shorter-than-talk';

export type Membership =
  | { readonly in: true; readonly forced: ForcedReason | null }
  | { readonly in: false; readonly reason: Exclusion };

/** Whether a conversation belongs to its day's frame, and whether a rule forces it. A complaint outweighs the other rules. */
export function frameMembership(facts: ConversationFacts, rules: FrameRules): Membership {
  if (rules.members === 'sales' && facts.outcome !== 'sale') return { in: false, reason: 'not-a-sale' };
  switch (facts.recording) {
    case 'missing':
      return { in: false, reason: 'recording-missing' };
    case 'damaged':
      return { in: false, reason: 'recording-damaged' };
    case 'stored':
      if (facts.recordingSeconds + rules.shorterBySeconds < facts.talkSeconds) {
        return { in: false, reason: 'recording-shorter-than-talk' };
      }
      return { in: true, forced: forcedBy(facts, rules) };
  }
}

function forcedBy(facts: ConversationFacts, rules: FrameRules): ForcedReason | null {
  if (rules.complaint && facts.complaint) return 'complaint';
  if (rules.firstWeek && facts.agentInFirstWeek) return 'first-week';
  if (rules.longFromSeconds !== null && facts.talkSeconds >= rules.longFromSeconds) return 'long';
  if (rules.shortBelowSeconds !== null && facts.talkSeconds < rules.shortBelowSeconds) return 'short';
  return null;
}
