/** What happened at the desk while its page was cut off from the server: without network, asleep, or both. */
import type { AgentView } from '../../contract/agent-desk.ts';

export type Meanwhile = 'callGoesOn' | 'callEnded' | 'newCall' | 'deskChanged' | 'nothing';

/** Holds the last view before against the first one after. */
export function meanwhile(before: AgentView, after: AgentView): Meanwhile {
  const [was, is] = [before.call, after.call];
  if (is !== null && is.attemptId !== was?.attemptId) return 'newCall';
  if (was !== null && was.state !== 'ended') return is === null || is.state === 'ended' ? 'callEnded' : 'callGoesOn';
  return before.presence === after.presence && before.activity === after.activity ? 'nothing' : 'deskChanged';
}
