/** What an agent can ask for. Every command answers with the agent's whole view, so that a screen is never half right. */
import type { AgentCommands, AgentView } from '../dialer.ts';
import { DialerError, type DialerErrorCode } from '../errors.ts';
import type { Campaigns, Clock, Floor } from '../ports.ts';
import { countsAsSeen, type DeskRefusal, type DeskSignal } from '../rules/agent.ts';
import type { AgentViews } from './agent-view.ts';
import type { CallPlacer } from './call-placer.ts';
import type { CallTracker } from './call-tracker.ts';
import type { Desks } from './desks.ts';
import type { Outcomes } from './outcomes.ts';
import type { TransferCommands } from './transfers.ts';

type AgentParts = {
  floor: Floor;
  campaigns: Campaigns;
  clock: Clock;
  desks: Desks;
  tracker: CallTracker;
  placer: CallPlacer;
  outcomes: Outcomes;
  views: AgentViews;
  transfers: TransferCommands;
  browserGraceMs: number;
  browserAwayMs: number;
};

const refusals: Record<DeskRefusal, { code: DialerErrorCode; text: string }> = {
  'not-signed-in': { code: 'agent-not-signed-in', text: 'You are not signed in.' },
  'in-call': { code: 'agent-in-call', text: 'You have a call.' },
  'outcome-missing': { code: 'outcome-missing', text: 'Save the outcome of the last call first.' },
  'other-call': { code: 'attempt-not-yours', text: 'This call is not yours.' },
  'not-ready': { code: 'agent-in-call', text: 'You have a call.' },
};

export type MoreAgentCommands = AgentCommands & {
  /** The agent hears a person: a later verdict of the machine detection does not end this call. */
  markHuman(userId: string): Promise<AgentView>;
};

export function createAgentCommands(parts: AgentParts): MoreAgentCommands {
  const { floor, campaigns, clock, desks, tracker, placer, outcomes, views } = parts;

  async function change(userId: string, signal: DeskSignal): Promise<AgentView> {
    const result = await desks.signal(userId, signal);
    if (result === null) throw new DialerError('agent-not-signed-in', 'You are not signed in.');
    if (result.refused !== null) {
      const { code, text } = refusals[result.refused];
      throw new DialerError(code, text);
    }
    await floor.seen(userId, clock.now());
    return views.view(userId);
  }

  /** The call on the agent's desk. */
  async function ownCall(
    userId: string,
  ): Promise<NonNullable<Awaited<ReturnType<Floor['deskAndCall']>>>['call'] & object> {
    const found = await floor.deskAndCall(userId);
    // A colleague's customer is on the screen of whoever helps, but is not theirs.
    if (found?.call == null || found.desk.attemptId !== found.call.attemptId)
      throw new DialerError('no-call', 'You have no call.');
    return found.call;
  }

  async function preview(userId: string): Promise<string> {
    const call = await ownCall(userId);
    if (call.state !== 'intended') throw new DialerError('no-preview', 'There is no offered contact.');
    return call.attemptId;
  }

  const viewed = async (userId: string, done: Promise<void>): Promise<AgentView> => {
    await done;
    return views.view(userId);
  };

  return {
    hold: (userId, on) => viewed(userId, parts.transfers.hold(userId, on)),
    transfer: (userId, wish) => viewed(userId, parts.transfers.transfer(userId, wish)),
    completeTransfer: (userId) => viewed(userId, parts.transfers.complete(userId)),
    cancelTransfer: (userId) => viewed(userId, parts.transfers.cancel(userId)),
    transferTargets: (userId) => parts.transfers.targets(userId),

    async signIn(userId, { campaignId }) {
      const place = await campaigns.agentPlace(userId);
      if (place === null || !place.active) throw new DialerError('agent-unknown', 'There is no such agent.');
      const [newest] = [...place.campaigns].sort((a, b) => (b.startedAt ?? 0) - (a.startedAt ?? 0));
      const chosen = campaignId === undefined ? newest : place.campaigns.find(({ id }) => id === campaignId);
      if (chosen === undefined) {
        throw campaignId === undefined
          ? new DialerError('no-campaign', 'No campaign of your team is running.')
          : new DialerError('campaign-not-running', 'This campaign is not running for your team.');
      }
      await floor.openDesk(userId, clock.now());
      return change(userId, { kind: 'sign-in', campaignId: chosen.id, teamId: place.teamId });
    },
    signOut: (userId) => change(userId, { kind: 'sign-out' }),
    ready: (userId) => change(userId, { kind: 'ready' }),
    takeBreak: (userId, reason) => change(userId, { kind: 'break', reason }),

    async hangUp(userId) {
      const call = await ownCall(userId);
      await tracker.signal(call.attemptId, {
        kind: 'close',
        why: call.state === 'connected' ? 'hung-up' : 'canceled',
        note: null,
      });
      return views.view(userId);
    },

    async markHuman(userId) {
      const call = await ownCall(userId);
      await tracker.signal(call.attemptId, { kind: 'human' });
      return views.view(userId);
    },

    async saveOutcome(userId, outcome) {
      await outcomes.save(userId, outcome);
      return views.view(userId);
    },

    async acceptPreview(userId) {
      await placer.place(await preview(userId));
      return views.view(userId);
    },

    async skipPreview(userId, reason) {
      await tracker.signal(await preview(userId), { kind: 'close', why: 'canceled', note: reason });
      return views.view(userId);
    },

    seen: (userId) => floor.seen(userId, clock.now()),
    left: (userId, lastSeen) => floor.left(userId, lastSeen, countsAsSeen(clock.now(), parts)),
    view: (userId) => views.view(userId),
  };
}
