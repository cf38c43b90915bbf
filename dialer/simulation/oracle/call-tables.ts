import { cdf } from '../distribution.ts';
import { everAnswers, type NetworkModel } from '../network-model.ts';
import { at, convolve, cumulate, masses, stepMs } from './grid.ts';

/**
 * For one kind of party (person or machine) and one stage of a call: what is left, by age in the stage. `alive` is the
 * probability to be still in the stage at an age; `taken` the joint probability to be so and then to hold an agent at
 * each horizon (presented, and the talk not over yet).
 */
type Stage = { alive: Float64Array; taken: Float64Array[] };

export type Party = { setUp: Stage; ringing: Stage; listening: Stage; ringMass: Float64Array; presented: Float64Array };

export type CallTables = {
  person: Party;
  machine: Party;
  /** Share of machines and of numbers that ring out among calls no person answers. */
  machineShare: number;
  ringOutShare: number;
  horizons: number[];
  /** Share of presented calls that are machines. */
  presentedMachines: number;
};

const steps = 160;

/** True probabilities of a call's course under a network model. Horizons in steps of the grid, ascending. */
export function callTables(
  model: NetworkModel,
  answer: number,
  ringTimeoutMs: number,
  graceMs: number,
  horizons: number[],
  service: Float64Array,
): CallTables {
  const { detection } = model;
  const timeout = Math.min(steps, Math.max(1, Math.round(ringTimeoutMs / stepMs)));
  const grace = Math.round(graceMs / stepMs);
  const setUp = masses(model.setup, steps);
  const heard = (side: 'person' | 'machine'): { verdict: Float64Array; silent: Float64Array } => {
    const isPerson = side === 'person';
    const passes = isPerson ? 1 - detection.personAsMachine : detection.machineAsPerson + detection.unknown;
    if (!detection.on) return { verdict: Float64Array.of(1), silent: Float64Array.of(0) };
    const raw = masses(isPerson ? detection.personAfter : detection.machineAfter, steps);
    const reached = cumulate(raw);
    const stays = (i: number): number => (isPerson ? 1 - cdf(model.patience, i * stepMs) : 1);
    return {
      verdict: raw.map((mass, i) => mass * passes * stays(i)),
      silent: raw.map((_, i) => (1 - at(reached, i - 1)) * stays(i)),
    };
  };
  const party = (side: 'person' | 'machine'): Party => {
    const ringMass = masses(side === 'person' ? model.personRing : model.machineRing, timeout);
    const { verdict, silent } = heard(side);
    const fromRing = convolve(ringMass, verdict, steps);
    const fromSetUp = convolve(setUp, fromRing, steps);
    const ringReached = cumulate(masses(side === 'person' ? model.personRing : model.machineRing, steps));
    const setUpReached = cumulate(setUp);
    const holds = holding(service, grace, horizons);
    return {
      ringMass,
      presented: fromSetUp,
      setUp: {
        alive: setUp.map((_, a) => 1 - at(setUpReached, a - 1)),
        taken: rows(40, (a) => holds(convolve(from(setUp, a), fromRing, steps), a)),
      },
      ringing: {
        alive: ringReached.map((_, a) => 1 - at(ringReached, a - 1)),
        taken: rows(timeout + 1, (a) => holds(convolve(from(ringMass, a), verdict, steps), a)),
      },
      listening: { alive: silent, taken: rows(40, (a) => holds(from(verdict, a), a)) },
    };
  };
  const person = party('person');
  const machine = party('machine');
  const p = everAnswers(model, answer);
  const people = p * at(cumulate(person.presented), steps);
  const machines = (1 - p) * model.machine * at(cumulate(machine.presented), steps);
  return {
    person,
    machine,
    machineShare: model.machine,
    ringOutShare: Math.max(0, 1 - model.machine - model.busy - model.invalid - model.switchedOff - model.failed),
    horizons,
    presentedMachines: machines / Math.max(1e-9, people + machines),
  };
}

function rows(count: number, row: (age: number) => Float64Array): Float64Array[] {
  return Array.from({ length: count }, (_, age) => row(age));
}

/** The part of a distribution that lies at or after step `age`. */
function from(mass: Float64Array, age: number): Float64Array {
  return mass.map((m, i) => (i >= age ? m : 0));
}

/** Turns presentation times into the probability that the call holds an agent just after each horizon and its grace. */
function holding(service: Float64Array, grace: number, horizons: number[]) {
  return (presentation: Float64Array, age: number): Float64Array =>
    Float64Array.from(horizons, (h) => {
      let sum = 0;
      for (let i = age; i <= Math.min(age + h, presentation.length - 1); i++) {
        sum += (presentation[i] ?? 0) * (1 - at(service, age + h + grace - i));
      }
      return sum;
    });
}
