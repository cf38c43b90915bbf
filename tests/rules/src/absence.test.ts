import { expect, test } from 'vitest';
import type { AgentView } from '../../../src/contract/agent-desk.ts';
import { type Meanwhile, meanwhile } from '../../../src/web/agent/absence.ts';
import { exampleCall, signedOutView } from '../../browser/fixtures/agent.ts';

const ready: AgentView = { ...signedOutView, presence: 'signed-in', activity: 'ready' };
const talking: AgentView = { ...ready, activity: 'talking', call: exampleCall };
const written: AgentView = { ...talking, activity: 'wrap-up', call: { ...exampleCall, state: 'ended' } };
const another: AgentView = { ...talking, call: { ...exampleCall, attemptId: '00000000-0000-4000-8000-000000000099' } };
const away: AgentView = { ...ready, presence: 'on-break', activity: 'none', breakReason: 'browser-gone' };

test.each<[was: AgentView, is: AgentView, Meanwhile]>([
  [ready, ready, 'nothing'],
  [ready, talking, 'newCall'],
  [ready, away, 'deskChanged'],
  [talking, talking, 'callGoesOn'],
  [talking, written, 'callEnded'],
  [talking, ready, 'callEnded'],
  [talking, another, 'newCall'],
  [written, written, 'nothing'],
  [written, ready, 'deskChanged'],
  [written, another, 'newCall'],
])('what happened while the page was away is told by the views before and after (%#)', (was, is, told) => {
  expect(meanwhile(was, is)).toBe(told);
});
