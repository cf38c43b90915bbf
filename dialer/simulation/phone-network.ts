import type { CallFate, CallPlan, Detection, Person, PhoneNetwork } from './call-plan.ts';
import { hashText } from '../rules/hash-text.ts';
import { mean, sample } from './distribution.ts';
import { answerAt, centredLogit, everAnswers, type NetworkModel, sigmoid } from './network-model.ts';
import { Random } from './random.ts';
import { realCalls } from './real-calls.ts';

/** The model in force from an instant (epoch ms) on. */
export type NetworkPhase = { from: number; model: NetworkModel };

export type SeededNetwork = PhoneNetwork & {
  /** The engine's estimate that a person answers this call; undefined where the model says nothing is known. */
  chance(call: { to: string; at: number }): number | undefined;
  /** The model in force at an instant. */
  modelAt(at: number): NetworkModel;
};

export type NetworkSettings = {
  seed: number;
  /** In ascending order of `from`; the first also holds before its instant. */
  phases: NetworkPhase[];
  /** Local time minus UTC, for the answer rates by hour. */
  utcOffsetMinutes?: number;
};

const contactSalt = 0x51ed;
const estimateSalt = 0x2b0f;

/**
 * The seeded phone network. A contact's fate depends on the seed, its key, the attempt's number and the hour, never on
 * which other calls were made before: two policies on one seed meet the same people. Where `attempt` is not given the
 * network counts the calls to each key itself.
 */
export function createPhoneNetwork(settings: NetworkSettings): SeededNetwork {
  const { seed, phases } = settings;
  const [first] = phases;
  if (first === undefined) throw new Error('phone network: at least one phase is needed');
  const offset = (settings.utcOffsetMinutes ?? 0) * 60_000;
  const random = new Random(seed);
  const attempts = new Map<string, number>();
  const centres = new Map<number, number>();

  const modelAt = (at: number): NetworkModel => {
    let model = first.model;
    for (const phase of phases) if (phase.from <= at) model = phase.model;
    return model;
  };

  /** A contact's own chance that a person picks up, lasting over attempts of one hour's level. */
  const ownChance = (model: NetworkModel, key: number, at: number): number => {
    const hour = Math.floor((at + offset) / 3_600_000) % 24;
    const p = everAnswers(model, answerAt(model, hour));
    if (model.contactSpread === 0) return p;
    const memo = model.contactSpread * 1024 + p;
    let centre = centres.get(memo);
    if (centre === undefined) {
      centre = centredLogit(p, model.contactSpread);
      centres.set(memo, centre);
    }
    return sigmoid(centre + model.contactSpread * random.reseed(seed, key, contactSalt).normal());
  };

  const plan = (call: { to: string; at: number; ringTimeoutMs: number; attempt?: number }): CallPlan => {
    const model = modelAt(call.at);
    const key = hashText(call.to);
    let attempt = call.attempt;
    if (attempt === undefined) {
      attempt = (attempts.get(call.to) ?? 0) + 1;
      attempts.set(call.to, attempt);
    }
    const chance = ownChance(model, key, call.at);
    random.reseed(seed, key, attempt);
    const setupMs = sample(model.setup, random);
    return { setupMs, fate: drawFate(model, chance, random) };
  };

  const chance = (call: { to: string; at: number }): number | undefined => {
    const model = modelAt(call.at);
    if (!model.chance.known) return undefined;
    const key = hashText(call.to);
    const p = ownChance(model, key, call.at);
    const { errorSd, bias } = model.chance;
    if (errorSd === 0 && bias === 0) return p;
    const error = bias + errorSd * random.reseed(seed, key, estimateSalt).normal();
    return sigmoid(Math.log(p / (1 - p)) + error);
  };

  return { plan, chance, modelAt };
}

function drawFate(model: NetworkModel, chance: number, random: Random): CallFate {
  if (random.next() < chance) {
    const ringMs = sample(model.personRing, random);
    return { kind: 'person', ringMs, detection: detectPerson(model, random), person: drawPerson(model, random) };
  }
  let u = random.next() - model.machine;
  if (u < 0) {
    const ringMs = sample(model.machineRing, random);
    const greetingMs = sample(model.greeting, random);
    return { kind: 'machine', ringMs, greetingMs, detection: detectMachine(model, random) };
  }
  u -= model.busy;
  if (u < 0) return { kind: 'busy' };
  u -= model.invalid;
  if (u < 0) return { kind: 'invalid' };
  u -= model.switchedOff;
  if (u < 0) return { kind: 'switched-off' };
  u -= model.failed;
  return u < 0 ? { kind: 'failed' } : { kind: 'no-answer' };
}

function detectPerson({ detection }: NetworkModel, random: Random): Detection {
  if (!detection.on) return { verdict: 'unknown', afterMs: 0 };
  const u = random.next();
  const afterMs = sample(detection.personAfter, random);
  if (u < detection.personAsMachine) return { verdict: 'machine', afterMs };
  return { verdict: u < detection.personAsMachine + detection.unknown ? 'unknown' : 'human', afterMs };
}

function detectMachine({ detection }: NetworkModel, random: Random): Detection {
  if (!detection.on) return { verdict: 'unknown', afterMs: 0 };
  const u = random.next();
  const afterMs = sample(detection.machineAfter, random);
  if (u < detection.machineAsPerson) return { verdict: 'human', afterMs };
  return { verdict: u < detection.machineAsPerson + detection.unknown ? 'unknown' : 'machine', afterMs };
}

function drawPerson(model: NetworkModel, random: Random): Person {
  const patienceMs = sample(model.patience, random);
  if (model.talk.kind === 'real-calls') {
    const calls = realCalls();
    const i = random.below(calls.seconds.length);
    return { patienceMs, talkMs: (calls.seconds[i] ?? 0) * 1000, accepts: calls.accepted[i] === 1 };
  }
  const talkMs = sample(model.talk, random);
  // Longer talks are likelier to end in a sale, as in the real calls.
  const accepts = random.next() < Math.min(1, (model.accept * talkMs) / Math.max(1, mean(model.talk)));
  return { patienceMs, talkMs, accepts };
}
