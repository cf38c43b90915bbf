/** What an agent says of a call reaches the policy, also after a change of pacer. */
import { expect, it } from 'vitest';
import { blankCall, partyOf } from '../../../dialer/engine/pacing/paced-call.ts';
import { createPicture } from '../../../dialer/engine/pacing/picture.ts';
import { createPolicyInCharge } from '../../../dialer/engine/pacing/policy-in-charge.ts';
import type { PacedCall } from '../../../dialer/ports/pacing.ts';
import type { CampaignRow } from '../../../dialer/ports.ts';
import type { PacingEvent } from '../../../dialer/rules/pacing/policy.ts';
import { campaignSettings } from '../../../dialer/rules/campaign-settings.ts';

const talk: PacedCall = {
  ...blankCall,
  attemptId: 'x',
  intendedAt: 0,
  state: 'connected',
  agentId: 'a',
  answeredAt: 300,
  connectedAt: 300,
};
const over: PacedCall = { ...talk, state: 'ended', endedAt: 900, outcome: 'connected' };
const said = (disposition: string | null): PacedCall => ({ ...over, disposition, outcomeAt: 5_000 });

it.each<{ name: string; row: PacedCall; party: 'human' | 'machine' | undefined }>([
  { name: 'an agent may still say that it was a machine', row: { ...over, detection: 'human' }, party: undefined },
  { name: 'the agent heard a machine', row: { ...said('machine'), detection: 'human' }, party: 'machine' },
  { name: 'the agent spoke with somebody', row: { ...said('refused'), detection: 'unknown' }, party: 'human' },
  { name: 'the agent said nothing in time', row: { ...said(null), detection: 'human' }, party: 'human' },
  { name: 'neither agent nor detection said anything', row: said(null), party: undefined },
  { name: 'the detection ended it', row: { ...over, detection: 'machine', outcome: 'machine' }, party: 'machine' },
  { name: 'nobody answered', row: { ...over, answeredAt: null, connectedAt: null }, party: undefined },
])('who was on the line: $name', ({ row, party }) => expect(partyOf(row)).toBe(party));

it('the end is told at once and once more when the agent has said who it was', () => {
  const picture = createPicture('c');
  picture.observe([talk], [], 400);
  const end = { type: 'ended', callId: 'x', agentId: 'a', reason: 'completed' };
  expect(picture.observe([over], [], 950)).toEqual([{ ...end, time: 900 }]);
  // Asked after until it is known, so that a lost announcement loses nothing.
  expect(picture.knownCalls()).toEqual(['x']);
  expect(picture.observe([over], [], 1_000)).toEqual([]);
  expect(picture.counts().lines).toBe(0);
  expect(picture.observe([said('machine')], [], 6_000)).toEqual([{ ...end, time: 5_000, party: 'machine' }]);
  expect(picture.knownCalls()).toEqual([]);
});

it('of a call that was one agent’s from the start nothing is told', () => {
  const picture = createPicture('c');
  picture.observe([{ ...talk, answeredAt: null, connectedAt: null, state: 'ringing', fromPool: false }], [], 100);
  expect(picture.observe([{ ...over, fromPool: false }], [], 950)).toEqual([]);
  expect(picture.observe([{ ...said('machine'), fromPool: false }], [], 6_000)).toEqual([]);
});

it('a new pacer hears what was said since the old one’s memory was kept', async () => {
  const picture = createPicture('c');
  const heard: PacingEvent[] = [];
  const asked: number[] = [];
  const campaign: Pick<CampaignRow, 'settings' | 'settingsVersion'> = {
    settings: campaignSettings.parse({ pacing: { mode: 'predictive' } }),
    settingsVersion: 1,
  };
  const create = () => ({ observe: (event: PacingEvent) => void heard.push(event), decide: () => ({ place: 0 }) });
  const charge = createPolicyInCharge({
    campaignId: 'c',
    pacing: {
      abandonCounts: async () => ({ presented: 0, abandoned: 0 }),
      loadMemory: async () => ({ policy: 'predictive', memory: {}, savedAt: 4_000 }),
      saidSince: async (_, since) => {
        asked.push(since);
        return [said('machine')];
      },
      saveMemory: async () => undefined,
    },
    policies: { predictive: create, progressive: create },
    picture,
  });
  await charge.policyFor(campaign, 9_000);
  expect(asked).toEqual([4_000]);
  expect(heard).toEqual([
    { type: 'ended', time: 5_000, callId: 'x', agentId: 'a', reason: 'completed', party: 'machine' },
  ]);
});

it('a customer who got an agent only after the grace is told as abandoned, then as a talk of that agent', () => {
  const picture = createPicture('c');
  picture.observe([{ ...talk, state: 'waiting', agentId: null, connectedAt: null }], [], 400);
  const late = { ...talk, state: 'reserved' as const, connectedAt: null, abandonedAt: 2_300 };
  expect(picture.observe([late], [], 9_000)).toEqual([
    { type: 'abandoned', time: 2_300, callId: 'x', waitedMs: 2_000, reason: 'no-agent' },
    { type: 'connected', time: 9_000, callId: 'x', agentId: 'a' },
  ]);
});
