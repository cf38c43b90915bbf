/**
 * What the dialler announces after commit. Messages carry ids: receivers read the rest where it is true. Losing one
 * costs delay, never data; facts that must arrive go through the handoff table instead (see `HandoffToQuality`).
 */
export type DialerEvent =
  | { type: 'agent-changed'; userId: string; campaignId: string | null; version: number }
  | { type: 'attempt-changed'; attemptId: string; campaignId: string; state: string }
  | { type: 'campaign-changed'; campaignId: string }
  | { type: 'contacts-changed'; campaignId: string }
  | { type: 'decision-made'; campaignId: string; decisionId: string }
  | { type: 'recording-changed'; recordingId: string; state: string };

/** Written to the handoff table in the transaction of the change itself; delivered at least once. */
export type HandoffToQuality =
  | { topic: 'conversation-closed'; attemptId: string } // outcome saved (or given up): talk, disposition, self-check
  | { topic: 'recording-stored'; recordingId: string; attemptId: string }
  | { topic: 'recording-lost'; recordingId: string; attemptId: string }
  | { topic: 'sale-recorded'; attemptId: string }
  | { topic: 'task-call-closed'; attemptId: string; origin: { kind: string; id: string } }
  /** Nobody will be called for this wish any more, and nobody was spoken to. `outcome`: the last attempt's, empty without one. */
  | { topic: 'task-call-unreached'; attemptId: string | null; origin: { kind: string; id: string }; outcome: string }
  | { topic: 'complaint-told'; attemptId: string }
  /** A text reached its customer, as far as the carrier can tell, or will not. */
  | { topic: 'text-arrived'; origin: TextOrigin }
  | { topic: 'text-failed'; origin: TextOrigin; why: string }
  /** `origin` null: an answer to nothing that we asked. The words are read where they are kept. */
  | {
      topic: 'text-replied';
      origin: TextOrigin | null;
      attemptId: string;
      replyId: string;
      answer: 'yes' | 'no' | 'unclear';
    };

/** For the log of who did what, which the dialler does not know: a supervisor's leg in an agent's room, written with the change itself. */
export type HandoffToAudit =
  /** The leg is there from now on, or takes part in another way. */
  | { topic: 'listening-mode'; listeningId: string; mode: string }
  | { topic: 'call-taken-over'; attemptId: string; agentId: string; by: string; legId: string }
  | { topic: 'listening-over'; listeningId: string };

/** What asked for a text: the terms of a sale, or the notice that its product is active. */
export type TextOrigin = { kind: 'terms' | 'notice'; id: string };
