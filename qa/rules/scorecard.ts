/** Cards of agents (agent-card.ts), their composite score and rank (composite.ts), cards of teams and call-backs, streaks (team.ts). */
export * from './scorecard/agent-card.ts';
export * from './scorecard/composite.ts';
export * from './scorecard/team.ts';
