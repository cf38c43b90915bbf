/** What the agent says of a conversation. Each disposition asks for what it needs. */
export type Disposition =
  | {
      kind: 'sale';
      role: 'owner' | 'family-decider';
      identityCheck: string;
      consentWords: string;
      options: string[];
      selfCheck: SelfCheck;
      /** What it was made with beside the tariff; whether the agent might, others have made sure of. */
      offer?: { id: string; version: number } | undefined;
    }
  | { kind: 'refused'; reason: string }
  | { kind: 'undecided' }
  /** The campaign's questionnaire was answered to its end. */
  | { kind: 'surveyed' }
  | { kind: 'appointment'; at: number; withMe: boolean }
  | { kind: 'opt-out'; words: string }
  | { kind: 'wrong-person' }
  | { kind: 'wrong-number' }
  | { kind: 'machine' }
  | { kind: 'complaint'; words: string }
  | { kind: 'question'; words: string }
  /** A call with an origin (corrective, verification, confirmation …) closes with what the customer decided. */
  | {
      kind: 'task';
      /** The last three are answers in a return call on a case. */
      result:
        | 'confirmed'
        | 'declined'
        | 'wants-to-think'
        | 'unresolved'
        | 'satisfied'
        | 'fairly-satisfied'
        | 'not-satisfied';
      words: string;
      selfCheck: SelfCheck | null;
    };

/** The agent's own judgement by the four criteria; `doubt` leads to a verification call. */
export type SelfCheck = Record<'rightPerson' | 'understood' | 'approvedScript' | 'explicitConsent', 'yes' | 'doubt'>;
