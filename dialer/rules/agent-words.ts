/** Words of a desk: the two axes of a person at work, the standing leg, what a desk can be told and what it answers. */
export type Presence = 'signed-out' | 'signed-in' | 'on-break';
export type Activity = 'none' | 'ready' | 'reserved' | 'ringing' | 'talking' | 'wrap-up';

export type LegState = 'absent' | 'dialling' | 'joined';

export type Desk = {
  presence: Presence;
  activity: Activity;
  since: number;
  /** Start of the present rest; the one who has rested longest gets the next call. */
  restSince: number;
  teamId: string | null;
  campaignId: string | null;
  attemptId: string | null;
  breakReason: string | null;
  next: { presence: 'on-break' | 'signed-out'; reason: string | null } | null;
  deadlineAt: number | null;
  /** Name of the agent's standing conference; a new one for each leg. */
  room: string | null;
  legId: string | null;
  legState: LegState;
  /** Last sign of life of the browser. */
  seenAt: number;
  maySell: boolean;
  aside: Aside | null;
};

/**
 * A part in a call that is another agent's. helper: asked for advice, or to take the customer over. giver: has given the
 * customer away and is kept until the other one has them, so that the customer has somebody to come back to.
 */
export type Aside = { attemptId: string; role: 'helper' | 'giver' };

export type DeskSignal =
  | { kind: 'sign-in'; campaignId: string; teamId: string | null }
  | { kind: 'sign-out' }
  | { kind: 'ready' }
  | { kind: 'break'; reason: string }
  | { kind: 'leg-dialling'; room: string; giveUpAt: number }
  | { kind: 'leg-known'; legId: string }
  | { kind: 'leg-joined'; legId: string; room: string }
  | { kind: 'leg-lost'; legId: string | null; retryAt: number }
  | { kind: 'hold'; until: number }
  | { kind: 'reserve'; attemptId: string; deadlineAt: number | null }
  | { kind: 'ring'; attemptId: string }
  | { kind: 'join'; attemptId: string }
  /** The call is over for this agent before anybody spoke, or needs no writing up. */
  | { kind: 'release'; attemptId: string | null }
  | { kind: 'wrap-up'; attemptId: string; deadlineAt: number }
  | { kind: 'written-up'; attemptId: string }
  /** The time for writing up is over. */
  | { kind: 'overdue'; attemptId: string }
  | { kind: 'silent' }
  /** Asked to help in another agent's call: claimed, the leg is fetched. */
  | { kind: 'assist'; attemptId: string; deadlineAt: number }
  /** The helper is in the other agent's room. */
  | { kind: 'assisting'; attemptId: string }
  /** The helper's leg is out of its room, or on the way home. */
  | { kind: 'leg-away' }
  /** The agent leaves the room to those in it; the leg goes to a new one. */
  | { kind: 'leg-moving'; room: string }
  /** The helper, or a ready agent, is sent the customer. */
  | { kind: 'take'; attemptId: string; deadlineAt: number }
  /** The customer is on the way to a colleague. */
  | { kind: 'give'; attemptId: string; deadlineAt: number }
  /** The colleague was lost: the customer comes back. */
  | { kind: 'take-back'; attemptId: string }
  /** The part in another's call is over. */
  | { kind: 'aside-over'; attemptId: string }
  /** The customer hung up on the way to the colleague: the giver had the conversation and writes it up. */
  | { kind: 'giver-writes'; attemptId: string; deadlineAt: number }
  /** Looked at: the part in the other call goes on. */
  | { kind: 'aside-checked'; deadlineAt: number };

export type DeskRefusal = 'not-signed-in' | 'in-call' | 'outcome-missing' | 'other-call' | 'not-ready';

/** `dropLeg`: the standing leg is no longer wanted. `dialLeg`: it is wanted and absent. `desk` is the same object when nothing changed. */
export type DeskDecision = { desk: Desk; refused: DeskRefusal | null; dialLeg: boolean; dropLeg: string | null };
