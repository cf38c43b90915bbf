/** What routing needs to know of a ready agent. `readySince` in epoch ms, or any one clock. */
export type ReadyAgent = { id: number | string; readySince: number };

/**
 * The ready agent with the most rest gets the next call; undefined when nobody is ready.
 * Ties are broken by id, so that two processes that see the same list choose the same agent. Unreadable times count as
 * just ready.
 */
export function longestRest<Agent extends ReadyAgent>(readyAgents: Iterable<Agent>): Agent | undefined {
  let best: Agent | undefined;
  for (const agent of readyAgents) if (best === undefined || restsLonger(agent, best)) best = agent;
  return best;
}

function restsLonger(agent: ReadyAgent, than: ReadyAgent): boolean {
  const since = readable(agent.readySince);
  const other = readable(than.readySince);
  if (since !== other) return since < other;
  const [a, b] = [String(agent.id), String(than.id)];
  return a < b || (a === b && typeof agent.id === 'number' && typeof than.id === 'string');
}

const readable = (time: number): number => (Number.isNaN(time) ? Number.POSITIVE_INFINITY : time);
