import { describe, expect, it } from 'vitest';
import { TALK_CLASSES, WrapLaw } from '../../../dialer/rules/pacing/agents/wrap-law.ts';
import type { AgentRow } from '../../../dialer/rules/pacing/floor/floor-rows.ts';

const AGENTS = 20;

/** Agents who write up one talk after the other without a pause: how long the talk was, and how long it takes them, s. */
function desks() {
  const law = new WrapLaw();
  const rows: AgentRow[] = [];
  const until: number[] = [];
  let now = 0;
  let drawn = 0;
  const work = (seconds: number, talkSeconds: number, wrapSeconds: number): void => {
    for (const end = now + seconds; now < end; now++) {
      for (let id = 0; id < AGENTS; id++) {
        const before = rows[id];
        if (before !== undefined && now < (until[id] ?? 0)) continue;
        if (before !== undefined) law.learn(1000 * now, now - before.since / 1000, before.talkMs / 1000, 500, AGENTS);
        const talkMs = 1000 * talkSeconds;
        rows[id] = { id, state: 'wrapup', since: 1000 * now, talkMs, leaving: false, callId: undefined };
        until[id] = now + Math.round(wrapSeconds * (0.7 + 0.6 * ((drawn++ * 0.618034) % 1)));
      }
      law.watch(rows, 1000 * now);
      if (now % 15 === 0) rates();
    }
  };
  const rates = (): number[][] => law.perSecond(TALK_CLASSES.map(() => []));
  /** Chance that a wrap-up begun now is over after so many seconds. */
  const over = (talkSeconds: number, seconds: number): number => {
    const perSecond = rates()[law.classOf(talkSeconds)] ?? [];
    let left = 1;
    for (let age = 0; age < seconds; age++) left *= 1 - (perSecond[law.bandOf(age)] ?? 0);
    return 1 - left;
  };
  return { law, work, over };
}

describe('the law of wrap-up', () => {
  it('knows within minutes that it takes ten times as long', () => {
    const { work, over } = desks();
    work(1200, 10, 10);
    expect(over(10, 15)).toBeGreaterThan(0.9);
    work(120, 10, 100);
    expect(over(10, 15)).toBeLessThan(0.2);
    expect(over(10, 40)).toBeLessThan(0.5);
  });

  it('does not take other talks for other wrap-ups', () => {
    const { work, over } = desks();
    for (let turn = 0; turn < 4; turn++) {
      work(300, 10, 6);
      work(600, 300, 40);
    }
    const before = over(10, 9);
    work(300, 300, 40);
    expect(over(10, 9)).toBeGreaterThan(0.9 * before);
  });

  it('survives a change of pacer, also what was stored before changes were followed', () => {
    const { law, work, over } = desks();
    work(1200, 10, 10);
    const heir = new WrapLaw();
    heir.load(JSON.parse(JSON.stringify(law)));
    const none = TALK_CLASSES.map(() => []);
    expect(heir.perSecond(none)[0]?.[heir.bandOf(9)]).toBeCloseTo(law.perSecond(none)[0]?.[law.bandOf(9)] ?? 0, 2);
    expect(over(10, 15)).toBeGreaterThan(0.9);
    const { ends, exposure } = JSON.parse(JSON.stringify(law)).wrap;
    const older = new WrapLaw();
    older.load({ wrap: { ends, exposure }, wrapByClass: [{ ends, exposure }, 1, null] });
    expect(older.perSecond(none)[0]?.[older.bandOf(9)]).toBeGreaterThan(0.1);
  });
});
