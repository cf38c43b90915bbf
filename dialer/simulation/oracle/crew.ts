import type { AgentState, PacingEvent } from '../../rules/pacing/policy.ts';
import type { Roster } from '../roster.ts';
import { TalkTable } from './service.ts';
import type { Shortage } from './shortage.ts';
import type { World } from './world.ts';
import { stepMs } from './grid.ts';

type Seat = { agent: number; state: AgentState; since: number; talkedMs: number; isLeaving: boolean };

/** The agents as the oracle sees them, with each one's true pace. */
export class Crew {
  talking = 0;
  busy = 0;
  signedIn = 0;
  private readonly seats: Seat[];

  constructor(roster: Roster) {
    this.seats = roster.paces.map((_, agent) => ({ agent, state: 'offline', since: 0, talkedMs: 0, isLeaving: false }));
  }

  observe(event: PacingEvent): void {
    if (event.type !== 'agent' && event.type !== 'agent-leaving') return;
    const seat = this.seats[Number(event.agentId)];
    if (seat === undefined) return;
    if (event.type === 'agent-leaving') {
      seat.isLeaving = true;
      return;
    }
    this.talking += Number(event.state === 'talking') - Number(seat.state === 'talking');
    this.busy += Number(isBusy(event.state)) - Number(isBusy(seat.state));
    this.signedIn += Number(isSignedIn(event.state)) - Number(isSignedIn(seat.state));
    if (seat.state === 'talking') seat.talkedMs = event.time - seat.since;
    if (event.state !== 'talking' && event.state !== 'wrapup') seat.isLeaving = false;
    seat.state = event.state;
    seat.since = event.time;
  }

  /** Free agents who have been so since `since` at the latest. */
  rested(since: number): number {
    let count = 0;
    for (const seat of this.seats) if (seat.state === 'ready' && seat.since <= since) count++;
    return count;
  }

  /** Adds every busy agent's chance to be free again by each horizon and `extraMs` more. */
  addTo(shortage: Shortage, world: World, now: number, horizons: number[], extraMs: number): void {
    const entries = horizons.map((h) => TalkTable.entry(h * stepMs + extraMs));
    for (const seat of this.seats) {
      if (seat.isLeaving) continue;
      if (seat.state === 'talking') {
        const row = world.talk(seat.agent).row(now - seat.since);
        for (let k = 0; k < entries.length; k++) shortage.addFreed(k, row[entries[k] ?? 0] ?? 0);
      } else if (seat.state === 'wrapup') {
        const table = world.wrapUp(seat.agent);
        const median = table.median(seat.talkedMs);
        for (let k = 0; k < horizons.length; k++) {
          shortage.addFreed(k, table.over(median, now - seat.since, (horizons[k] ?? 0) * stepMs + extraMs));
        }
      }
    }
  }
}

function isBusy(state: AgentState): boolean {
  return state === 'talking' || state === 'wrapup';
}

function isSignedIn(state: AgentState): boolean {
  return state === 'ready' || isBusy(state);
}
