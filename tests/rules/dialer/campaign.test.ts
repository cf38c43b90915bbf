import { describe, expect, it } from 'vitest';
import { createRateGate } from '../../../dialer/engine/pacing/shares.ts';
import { qualitySettings } from '../../../dialer/rules/campaign-settings.ts';
import { campaignMove, startFaults } from '../../../dialer/rules/campaign.ts';

const good = {
  scriptState: 'approved',
  readyLists: 1,
  callerIds: 1,
  teams: 1,
  windows: 2,
  demo: false,
  carrierIsSandbox: false,
};

describe('starting a campaign', () => {
  it('needs nothing more when all is there', () => expect(startFaults(good)).toEqual([]));

  it.each([
    [{ scriptState: 'submitted' }, 'script-not-approved'],
    [{ scriptState: null }, 'script-not-approved'],
    [{ windows: 0 }, 'no-calling-hours'],
    [{ readyLists: 0 }, 'no-list'],
    [{ callerIds: 0 }, 'no-caller-id'],
    [{ teams: 0 }, 'no-team'],
    [{ demo: true }, 'demo-needs-sandbox'],
  ])('%o is refused as %s', (facts, code) => {
    expect(startFaults({ ...good, ...facts }).map((fault) => fault.code)).toEqual([code]);
  });

  it('allows a demo on the sandbox, and names all faults at once', () => {
    expect(startFaults({ ...good, demo: true, carrierIsSandbox: true })).toEqual([]);
    expect(startFaults({ ...good, readyLists: 0, callerIds: 0 })).toHaveLength(2);
  });

  it('never comes back from finished', () => {
    expect(campaignMove('start').from).not.toContain('finished');
    expect(campaignMove('pause').from).toEqual(['running']);
  });
});

it('inspects and keeps what the rules of the business say, where nobody says otherwise (Q5, Q8, R3)', () => {
  expect(qualitySettings.parse({})).toMatchObject({
    frame: 'sales',
    dailyRate: 0.1,
    weeklyRate: 0.05,
    correctiveDeadlineWorkingDays: 1,
    retentionMonths: 24,
  });
});

describe('calls per second', () => {
  it('never let more calls go than the rate and one second of it', () => {
    const gate = createRateGate();
    let taken = 0;
    for (let ms = 0; ms <= 10_000; ms += 37) taken += gate.take(100, 4, ms);
    expect(taken).toBeGreaterThanOrEqual(40);
    expect(taken).toBeLessThanOrEqual(44);
    expect(createRateGate().take(5, 0, 0)).toBe(0);
    expect(createRateGate().take(5, 0.2, 0)).toBe(1);
  });
});
