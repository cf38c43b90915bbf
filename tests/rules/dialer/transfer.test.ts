import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideDesk, newDesk, type Desk, type DeskSignal } from '../../../dialer/rules/agent.ts';
import { type Call, type CallSignal, decide, newCall } from '../../../dialer/rules/call.ts';
import { mayInvite, readTarget } from '../../../dialer/rules/transfer-number.ts';

const NOW = 1_000_000;
const talk: Call = {
  ...newCall('anna'),
  state: 'connected',
  carrierCallId: 'CA1',
  answeredAt: NOW - 9,
  connectedAt: NOW - 8,
};
const run = (call: Call, signals: CallSignal[], now = NOW): Call =>
  signals.reduce((one, signal) => decide(one, signal, now).call, call);
const kinds = (call: Call, signal: CallSignal, now = NOW) => decide(call, signal, now).happened.map(({ kind }) => kind);

const toBen = (consult: boolean): CallSignal => ({
  kind: 'transfer',
  from: 'anna',
  to: { kind: 'agent', agentId: 'ben' },
  consult,
});
const toNumber = (consult: boolean): CallSignal => ({
  kind: 'transfer',
  from: 'anna',
  to: { kind: 'number', number: '+12025550123' },
  consult,
});
const told = { lastedMs: null, endedAt: null, detection: null };
const over: CallSignal = { kind: 'over', how: 'completed', sequence: 3, carrierCallId: 'CA1', networkCode: null, told };
const lost = (agentId: string, giverThere = false): CallSignal => ({
  kind: 'agent-lost',
  agentId,
  presentWithinMs: 2000,
  redirect: true,
  giverThere,
});
const helped: CallSignal[] = [toBen(true), { kind: 'helper-joined', agentId: 'ben' }];

describe('hold', () => {
  it('is the agent’s who has the call, once, and ends with it', () => {
    const held = run(talk, [{ kind: 'hold', agentId: 'anna', on: true }]);
    expect(held.heldAt).toBe(NOW);
    expect(decide(held, { kind: 'hold', agentId: 'anna', on: true }, NOW).call).toBe(held);
    expect(decide(talk, { kind: 'hold', agentId: 'ben', on: true }, NOW).call).toBe(talk);
    expect(run(held, [over])).toMatchObject({ state: 'ended', outcome: 'connected', heldAt: null });
    expect(run(held, [lost('anna')])).toMatchObject({ state: 'waiting', heldAt: null, agentId: null });
  });
});

describe('a transfer at once', () => {
  it('sends the customer to the colleague, who has them when both are in the room', () => {
    const given = run(talk, [toBen(false)]);
    expect(given).toMatchObject({
      state: 'reserved',
      agentId: 'ben',
      transfer: { phase: 'handing-over', from: 'anna' },
    });
    expect(kinds(talk, toBen(false))).toEqual(['moved', 'given', 'present-again']);
    const there = decide(given, { kind: 'joined', agentId: 'ben' }, NOW);
    expect(there.call).toMatchObject({ state: 'connected', agentId: 'ben', transfer: null, connectedAt: NOW - 8 });
    expect(there.happened.map(({ kind }) => kind)).toEqual(['moved', 'connected', 'given-over']);
  });

  it('brings the customer back to the giver when the colleague is lost on the way, and to the pool when both are', () => {
    const given = run(talk, [toBen(false)]);
    const back = decide(given, lost('ben', true), NOW);
    expect(back.call).toMatchObject({ state: 'reserved', agentId: 'anna', transfer: null });
    expect(back.happened.map(({ kind }) => kind)).toEqual(['transfer-ended', 'given-back', 'present-again']);
    const pool = decide(given, lost('ben'), NOW);
    expect(pool.call).toMatchObject({ state: 'waiting', agentId: null, transfer: null });
    expect(pool.happened).toContainEqual({ kind: 'helper-freed', agentId: 'anna', home: false });
  });

  it('leaves the conversation with the giver when the customer hangs up on the way', () => {
    const ended = decide(run(talk, [toBen(false)]), over, NOW);
    expect(ended.call).toMatchObject({ state: 'ended', outcome: 'connected', agentId: 'anna', abandonedAt: null });
    expect(ended.happened).toContainEqual({ kind: 'agent-freed', agentId: 'ben', talked: false });
    expect(ended.happened).toContainEqual({ kind: 'giver-writes', agentId: 'anna' });
  });
});

describe('a transfer after consultation', () => {
  it('goes calling, consulting, returning, handing over; the customer holds until the end', () => {
    expect(kinds(talk, toBen(true))).toEqual(['hold-changed', 'helper-asked']);
    const consulting = run(talk, helped);
    expect(consulting).toMatchObject({
      state: 'connected',
      agentId: 'anna',
      heldAt: NOW,
      transfer: { phase: 'consulting' },
    });
    expect(kinds(consulting, { kind: 'transfer-complete', agentId: 'anna' })).toEqual(['helper-home-wanted']);
    const given = run(consulting, [
      { kind: 'transfer-complete', agentId: 'anna' },
      { kind: 'helper-home', agentId: 'ben' },
    ]);
    expect(given).toMatchObject({
      state: 'reserved',
      agentId: 'ben',
      heldAt: null,
      transfer: { phase: 'handing-over' },
    });
  });

  it.each([
    ['taken back', { kind: 'transfer-cancel', agentId: 'anna', why: 'canceled' }],
    ['the colleague is lost', { kind: 'helper-lost', agentId: 'ben' }],
  ] as [string, CallSignal][])('ends with the customer at the agent when %s', (_, signal) => {
    for (const before of [talk, run(talk, [toBen(true)]), run(talk, helped)].slice(1)) {
      const { call, happened } = decide(before, signal, NOW);
      expect(call).toMatchObject({ state: 'connected', agentId: 'anna', transfer: null, heldAt: null });
      expect(happened.map(({ kind }) => kind)).toEqual(['transfer-ended', 'helper-freed', 'hold-changed']);
    }
  });

  it.each([
    ['hangs up on hold', over],
    ['is hung up', { kind: 'close', why: 'hung-up', note: null }],
    ['loses the agent', lost('anna')],
  ] as [string, CallSignal][])('frees the colleague when the customer %s', (_, signal) => {
    const { call, happened } = decide(run(talk, helped), signal, NOW);
    expect(call.transfer).toBeNull();
    expect(happened).toContainEqual({ kind: 'helper-freed', agentId: 'ben', home: signal.kind !== 'agent-lost' });
  });
});

describe('an outside number', () => {
  const ringing = run(talk, [toNumber(false), { kind: 'guest-known', legId: 'G' }]);
  it('has to answer before the agent is free; then customer and guest go on without the agent', () => {
    expect(ringing).toMatchObject({ state: 'connected', agentId: 'anna', heldAt: NOW });
    const { call, happened } = decide(ringing, { kind: 'guest-answered', legId: 'G' }, NOW);
    expect(call).toMatchObject({
      state: 'connected',
      closing: 'transferred',
      agentId: 'anna',
      transfer: { phase: 'away' },
    });
    expect(happened.map(({ kind }) => kind)).toEqual(['moved-out', 'agent-freed']);
    expect(run(call, [over])).toMatchObject({ state: 'ended', outcome: 'connected', abandonedAt: null });
    expect(kinds(call, over)).toEqual(['ended']);
  });

  it.each(['busy', 'no-answer', 'failed', 'target-gone'] as const)(
    'that is %s leaves the customer with the agent',
    (why) => {
      expect(run(ringing, [{ kind: 'guest-over', legId: 'G', why }])).toMatchObject({
        agentId: 'anna',
        transfer: null,
        heldAt: null,
      });
    },
  );

  it('that is gone in the moment it took over gives the customer back to the centre', () => {
    const away = run(ringing, [{ kind: 'guest-answered', legId: 'G' }]);
    const gone: CallSignal = { kind: 'guest-over', legId: 'G', why: 'target-gone' };
    expect(decide(away, gone, NOW + 1_000).call).toMatchObject({ state: 'waiting', closing: null, agentId: null });
    expect(decide(away, gone, NOW + 60_000).call).toBe(away);
  });

  it('of another leg, or of a transfer that is over, changes nothing', () => {
    expect(decide(ringing, { kind: 'guest-answered', legId: 'other' }, NOW).call).toBe(ringing);
    expect(decide(talk, { kind: 'guest-answered', legId: 'G' }, NOW).call).toBe(talk);
  });
});

describe('the numbers a customer is given to', () => {
  it.each([
    ['+12025550123', { ok: true, number: '+12025550123' }],
    ['(202) 555-0123', { ok: true, number: '+12025550123' }],
    ['911', { ok: false, why: 'number-invalid' }],
    ['112', { ok: false, why: 'number-invalid' }],
    ['999', { ok: false, why: 'number-invalid' }],
    ['+1900 555 1234', { ok: false, why: 'number-not-allowed' }],
    ['sip:x@example.com', { ok: false, why: 'number-invalid' }],
    ['', { ok: false, why: 'number-invalid' }],
  ])('%s', (raw, verdict) => {
    expect(readTarget(raw, '+12125550100')).toMatchObject(verdict);
  });

  it('are screened: the blacklist, our own numbers, and whoever is on the line', () => {
    const scope = { campaignId: 'c', productLine: 'p' };
    const free = { scope, blacklist: [], inLiveCall: false, isOurs: false };
    const entry = { number: '+12025550123', scope: 'all' as const, scopeId: null, endsAt: null, reason: 'opt-out' };
    expect(mayInvite('+12025550123', free, NOW).ok).toBe(true);
    expect(mayInvite('+12025550123', { ...free, blacklist: [entry] }, NOW)).toEqual({
      ok: false,
      why: 'number-blocked',
    });
    expect(mayInvite('+12025550123', { ...free, inLiveCall: true }, NOW).ok).toBe(false);
    expect(mayInvite('+12025550123', { ...free, isOurs: true }, NOW).ok).toBe(false);
  });
});

const who = fc.constantFrom('anna', 'ben');
const leg = fc.constantFrom('G', 'H');
const any: fc.Arbitrary<CallSignal> = fc.oneof(
  fc.constantFrom<CallSignal>(toBen(true), toBen(false), toNumber(true), toNumber(false), over),
  fc.constantFrom<CallSignal>(
    { kind: 'close', why: 'hung-up', note: null },
    { kind: 'checked' },
    { kind: 'nobody-free' },
  ),
  who.chain((agentId) =>
    fc.constantFrom<CallSignal>(
      { kind: 'hold', agentId, on: true },
      { kind: 'hold', agentId, on: false },
      { kind: 'joined', agentId },
      { kind: 'left', agentId },
      { kind: 'helper-joined', agentId },
      { kind: 'helper-home', agentId },
      { kind: 'helper-lost', agentId },
      { kind: 'transfer-complete', agentId },
      { kind: 'transfer-cancel', agentId, why: 'canceled' },
      lost(agentId),
      lost(agentId, true),
    ),
  ),
  leg.chain((legId) =>
    fc.constantFrom<CallSignal>(
      { kind: 'guest-known', legId },
      { kind: 'guest-answered', legId },
      { kind: 'guest-over', legId, why: 'busy' },
      { kind: 'taken-over', legId, by: 'lead' },
    ),
  ),
);

/** The desks of both agents, told what the engine would tell them. */
function desksAfter(signals: CallSignal[]): { call: Call; desks: Record<'anna' | 'ben', Desk> } {
  const seated: Desk = {
    ...newDesk(NOW),
    presence: 'signed-in',
    activity: 'ready',
    room: 'r',
    legId: 'l',
    legState: 'joined',
  };
  const desks = { anna: { ...seated, activity: 'talking', attemptId: 'x' } as Desk, ben: seated };
  let call = talk;
  const tell = (id: string, signal: DeskSignal) => {
    if (id === 'anna' || id === 'ben') desks[id] = decideDesk(desks[id], signal, NOW).desk;
  };
  for (const signal of signals) {
    // The store gives a customer to nobody but a ready agent.
    if (signal.kind === 'transfer' && signal.to.kind === 'agent' && desks.ben.activity !== 'ready') continue;
    const { call: after, happened } = decide(call, signal, NOW);
    for (const what of happened) {
      const attemptId = 'x';
      if (what.kind === 'connected') tell(what.agentId, { kind: 'join', attemptId });
      if (what.kind === 'agent-freed')
        tell(
          what.agentId,
          what.talked ? { kind: 'wrap-up', attemptId, deadlineAt: NOW } : { kind: 'release', attemptId },
        );
      if (what.kind === 'helper-asked') tell(what.agentId, { kind: 'assist', attemptId, deadlineAt: NOW });
      if (what.kind === 'helper-in') tell(what.agentId, { kind: 'assisting', attemptId });
      if (what.kind === 'helper-freed') tell(what.agentId, { kind: 'aside-over', attemptId });
      if (what.kind === 'given-over') tell(what.from, { kind: 'aside-over', attemptId });
      if (what.kind === 'given') {
        tell(what.from, { kind: 'give', attemptId, deadlineAt: NOW });
        tell(what.to, { kind: 'take', attemptId, deadlineAt: NOW });
      }
      if (what.kind === 'given-back') {
        tell(what.from, { kind: 'release', attemptId });
        tell(what.to, { kind: 'take-back', attemptId });
      }
      if (what.kind === 'giver-writes') tell(what.agentId, { kind: 'giver-writes', attemptId, deadlineAt: NOW });
    }
    call = after;
  }
  return { call, desks };
}

describe('whatever happens around a transfer, in any order', () => {
  it('the customer is never abandoned, one desk has the call, and nobody is left in a part of a call that is over', () => {
    fc.assert(
      fc.property(fc.array(any, { maxLength: 40 }), (signals) => {
        const { call, desks } = desksAfter(signals);
        expect(call.abandonedAt).toBeNull();
        if (call.state === 'ended') expect(call.outcome).toBe('connected');
        const all = Object.values(desks);
        expect(all.filter(({ attemptId }) => attemptId === 'x').length).toBeLessThanOrEqual(1);
        const parts = all.filter(({ aside }) => aside !== null);
        if (call.transfer === null || call.transfer.phase === 'away') expect(parts).toEqual([]);
        if (call.state === 'ended' || call.closing !== null) {
          expect(
            all.every(({ activity }) => activity === 'ready' || activity === 'wrap-up' || activity === 'none'),
          ).toBe(true);
        }
        if (call.heldAt !== null) expect(call.state).toBe('connected');
      }),
      { numRuns: 2_000 },
    );
  });
});
