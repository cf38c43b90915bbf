/** Who there is: agents of a centre with their teams, for cards. */
import type { Viewer } from './viewer.ts';

export type AgentOf = {
  agentId: string;
  name: string;
  teamId: string | null;
  teamName: string | null;
  joinedAt: number | null;
};
export type People = {
  /** Agents whose cards this person may see. */
  agents(viewer: Viewer): Promise<AgentOf[]>;
  /** Everybody who takes calls in a centre: whom ranks are among. */
  agentsOf(centreId: string): Promise<string[]>;
  centre(viewer: Viewer): Promise<{ centreId: string; name: string; timeZone: string } | null>;
  weights(centreId: string): Promise<unknown>;
  setWeights(centreId: string, weights: object, by: string, now: number): Promise<void>;
};
