import type { PacingEvent } from '../../rules/pacing/policy.ts';
import { centredLogit, logit, meanSigmoid, type NetworkModel } from '../network-model.ts';
import type { CallTables, Party } from './call-tables.ts';
import { stepMs } from './grid.ts';
import type { Shortage } from './shortage.ts';

type Flight = { stage: 'setUp' | 'ringing' | 'listening' | 'waiting'; since: number; rang: number; chance: number };
type Prior = { mean: number; model: NetworkModel };

/** The calls in the air as the oracle sees them: stage, time in it, and the true chance that a person answers. */
export class Flights {
  waiting = 0;
  private readonly calls = new Map<number | string, Flight>();

  get inAir(): number {
    return this.calls.size;
  }

  observe(event: PacingEvent, prior: () => Prior): void {
    if (event.type === 'placed') {
      const chance = event.chance === undefined ? prior().mean : believed(event.chance, prior());
      this.calls.set(event.callId, { stage: 'setUp', since: event.time, rang: 0, chance });
      return;
    }
    if (!('callId' in event) || event.callId === undefined) return;
    const call = this.calls.get(event.callId);
    if (call === undefined) return;
    if (event.type === 'ringing') move(call, 'ringing', event.time);
    else if (event.type === 'pickup') {
      call.rang = event.time - call.since;
      move(call, 'listening', event.time);
    } else if (event.type === 'answered' && event.by !== 'machine') {
      move(call, 'waiting', event.time);
      this.waiting++;
    } else if (event.type === 'connected' || event.type === 'ended') {
      if (call.stage === 'waiting') this.waiting--;
      this.calls.delete(event.callId);
    }
  }

  /** Adds every call's chance to hold an agent at each horizon. Waiting ones are counted by the caller. */
  addTo(shortage: Shortage, tables: CallTables, now: number): void {
    const { person, machine } = tables;
    for (const call of this.calls.values()) {
      if (call.stage === 'waiting') continue;
      const age = Math.floor((now - call.since) / stepMs);
      let people = call.chance;
      let machines = (1 - people) * tables.machineShare;
      let others = 0;
      if (call.stage === 'setUp') others = 1 - people - machines;
      else if (call.stage === 'ringing') others = (1 - people) * tables.ringOutShare;
      else {
        const r = Math.round(call.rang / stepMs);
        people *= near(person.ringMass, r);
        machines *= near(machine.ringMass, r);
      }
      const p = row(person, call.stage, age);
      const m = row(machine, call.stage, age);
      const still = call.stage === 'setUp' ? others * p.alive : others;
      const whole = people * p.alive + machines * m.alive + still;
      if (whole <= 1e-12) continue;
      for (let k = 0; k < shortage.horizons; k++) {
        shortage.addAnswered(k, (people * (p.taken?.[k] ?? 0) + machines * (m.taken?.[k] ?? 0)) / whole);
      }
    }
  }
}

function move(call: Flight, stage: Flight['stage'], time: number): void {
  call.stage = stage;
  call.since = time;
}

function near(mass: Float64Array, i: number): number {
  return Math.max(1e-9, mass[Math.min(i, mass.length - 1)] ?? 0);
}

function row(party: Party, name: 'setUp' | 'ringing' | 'listening', age: number) {
  const stage = party[name];
  const i = Math.min(age, stage.taken.length - 1);
  return { alive: stage.alive[i] ?? 0, taken: stage.taken[i] };
}

/** The expected true chance behind the engine's estimate: normal in log-odds, with known error and bias. */
function believed(estimate: number, { mean, model }: Prior): number {
  const { errorSd, bias } = model.chance;
  if (errorSd === 0 && bias === 0) return estimate;
  const prior = model.contactSpread ** 2;
  const error = errorSd ** 2;
  const centre = centredLogit(mean, model.contactSpread);
  const trust = prior / Math.max(1e-9, prior + error);
  const seen = logit(Math.min(1 - 1e-9, Math.max(1e-9, estimate))) - bias;
  return meanSigmoid(centre + trust * (seen - centre), Math.sqrt(trust * error));
}
