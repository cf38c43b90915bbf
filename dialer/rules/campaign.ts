/** A campaign's life: which moves are allowed, and what must be there before it may dial. */
export const campaignStates = ['draft', 'running', 'paused', 'finished'] as const;
export type CampaignState = (typeof campaignStates)[number];

export const campaignPurposes = [
  'marketing',
  'corrective',
  'verification',
  'confirmation',
  'return-call',
  'survey',
] as const;
export type CampaignPurpose = (typeof campaignPurposes)[number];

export type CampaignMove = 'start' | 'pause' | 'finish';

const moves: Record<CampaignMove, { from: CampaignState[]; to: CampaignState }> = {
  start: { from: ['draft', 'paused'], to: 'running' },
  pause: { from: ['running'], to: 'paused' },
  finish: { from: ['draft', 'running', 'paused'], to: 'finished' },
};

/** From which states a move is possible, and where it leads. */
export const campaignMove = (move: CampaignMove): { from: CampaignState[]; to: CampaignState } => moves[move];

export type StartCheck = { code: string; field: string };

/** Everything that keeps a campaign from dialling; empty: it may start. The codes are what pages translate. */
export function startFaults(facts: {
  scriptState: string | null;
  readyLists: number;
  callerIds: number;
  teams: number;
  windows: number;
  demo: boolean;
  carrierIsSandbox: boolean;
}): StartCheck[] {
  const faults: StartCheck[] = [];
  if (facts.scriptState !== 'approved') faults.push({ code: 'script-not-approved', field: 'scriptVersionId' });
  if (facts.windows === 0) faults.push({ code: 'no-calling-hours', field: 'settings.calling.windows' });
  if (facts.readyLists === 0) faults.push({ code: 'no-list', field: 'lists' });
  if (facts.callerIds === 0) faults.push({ code: 'no-caller-id', field: 'callerIds' });
  if (facts.teams === 0) faults.push({ code: 'no-team', field: 'teams' });
  if (facts.demo && !facts.carrierIsSandbox) faults.push({ code: 'demo-needs-sandbox', field: 'demo' });
  return faults;
}
