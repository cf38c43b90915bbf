import type { CallFate, CallPlan, Detection, Person } from '../../../../simulation/call-plan.ts';

/** What stands at the far end: the fates of the phone network, and desks (an agent's phone) that answer and stay. */
export type FarEndFate = CallFate | { kind: 'desk'; ringMs: number };
export type FarEndPlan = Omit<CallPlan, 'fate'> & { fate: FarEndFate; fax?: boolean };

const human = (afterMs = 3_200): Detection => ({ verdict: 'human', afterMs });
const machine = (afterMs = 3_600): Detection => ({ verdict: 'machine', afterMs });
const person = (patch: Partial<Person> = {}): Person => ({
  patienceMs: 8_000,
  talkMs: 60_000,
  accepts: true,
  ...patch,
});

const SETUP_MS = 600;
const plan = (fate: FarEndFate, fax = false): FarEndPlan => ({ setupMs: SETUP_MS, fate, fax });

/** Fixed behaviour by name; numbers can be given one of these names in the numbers file. */
export const BEHAVIOURS = {
  human: plan({ kind: 'person', ringMs: 4_000, detection: human(), person: person() }),
  'human-refuses': plan({
    kind: 'person',
    ringMs: 4_000,
    detection: human(),
    person: person({ talkMs: 25_000, accepts: false }),
  }),
  'human-hangs-up': plan({
    kind: 'person',
    ringMs: 3_000,
    detection: human(),
    person: person({ patienceMs: 700, talkMs: 700, accepts: false }),
  }),
  'human-slow': plan({ kind: 'person', ringMs: 28_000, detection: human(), person: person() }),
  'human-at-once': plan({ kind: 'person', ringMs: 150, detection: human(), person: person({ patienceMs: 60_000 }) }),
  'human-talks-long': plan({ kind: 'person', ringMs: 4_000, detection: human(), person: person({ talkMs: 600_000 }) }),
  'human-taken-for-machine': plan({ kind: 'person', ringMs: 4_000, detection: machine(), person: person() }),
  'human-unknown': plan({
    kind: 'person',
    ringMs: 4_000,
    detection: { verdict: 'unknown', afterMs: 5_000 },
    person: person(),
  }),
  machine: plan({ kind: 'machine', ringMs: 9_000, greetingMs: 8_000, detection: machine() }),
  'machine-taken-for-human': plan({ kind: 'machine', ringMs: 9_000, greetingMs: 1_500, detection: human() }),
  fax: plan({ kind: 'machine', ringMs: 3_000, greetingMs: 4_000, detection: machine(2_500) }, true),
  busy: plan({ kind: 'busy' }),
  'no-answer': plan({ kind: 'no-answer' }),
  failed: plan({ kind: 'failed' }),
  invalid: plan({ kind: 'invalid' }),
  'switched-off': plan({ kind: 'switched-off' }),
  desk: plan({ kind: 'desk', ringMs: 2_000 }),
} as const satisfies Record<string, FarEndPlan>;

export type BehaviourName = keyof typeof BEHAVIOURS;

export const isBehaviourName = (name: string): name is BehaviourName => Object.hasOwn(BEHAVIOURS, name);

/** The numbers with fixed behaviour: the last hundred of the UK mobile range that is reserved for fiction. */
export const TEST_NUMBERS: Readonly<Record<string, BehaviourName>> = {
  '+447700900901': 'human',
  '+447700900902': 'human-hangs-up',
  '+447700900903': 'machine',
  '+447700900904': 'busy',
  '+447700900905': 'no-answer',
  '+447700900906': 'failed',
  '+447700900907': 'invalid',
  '+447700900908': 'switched-off',
  '+447700900909': 'human-taken-for-machine',
  '+447700900910': 'machine-taken-for-human',
  '+447700900911': 'human-unknown',
  '+447700900912': 'fax',
  '+447700900913': 'human-refuses',
  '+447700900914': 'human-talks-long',
  '+447700900915': 'human-slow',
  '+447700900916': 'human-at-once',
  '+447700900917': 'desk',
};

/** Refused at creation, as the carrier's test credentials do (`To`): code by number. */
export const REFUSED_NUMBERS: Readonly<Record<string, number>> = {
  '+15005550001': 21217,
  '+15005550002': 21214,
  '+15005550003': 21215,
  '+15005550004': 21216,
};
