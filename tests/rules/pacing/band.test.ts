import { describe, expect, it } from 'vitest';
import { AgentRelease } from '../../../dialer/rules/pacing/agents/agent-release.ts';
import { BandGovernor } from '../../../dialer/rules/pacing/band/band-governor.ts';
import { ServiceWatch } from '../../../dialer/rules/pacing/band/service-watch.ts';
import { UtilizationMeter } from '../../../dialer/rules/pacing/floor/utilization-meter.ts';

describe('band governor', () => {
  const run = (talking: number): { factor: number; reserve: number } => {
    const governor = new BandGovernor({ min: 0.69, max: 0.74 });
    const meter = new UtilizationMeter(480_000);
    let restraint = { factor: 1, reserve: 0 };
    for (let now = 0; now < 3_600_000; now += 5000) {
      meter.advance(now, { ready: 90 - talking, talking, wrapup: 10 });
      restraint = governor.restrain(now, 100, { serviceTime: 120, wrapupPerTalk: 0.14 }, meter, true);
    }
    return restraint;
  };

  it('holds agents in reserve while there is too much talk, lets go while there is too little', () => {
    expect(run(80).reserve).toBeGreaterThan(run(71.5).reserve);
    expect(run(60)).toEqual({ factor: 1, reserve: 0 });
  });

  it('does not make up above the band for an outage in which nobody talked', () => {
    const governor = new BandGovernor({ min: 0.69, max: 0.74 });
    const meter = new UtilizationMeter(480_000);
    const restrained = (from: number, until: number, talking: number): number => {
      let restraint = { factor: 1, reserve: 0 };
      for (let now = from; now < until; now += 5000) {
        meter.advance(now, { ready: 90 - talking, talking, wrapup: 10 });
        restraint = governor.restrain(now, 100, { serviceTime: 120, wrapupPerTalk: 0.14 }, meter);
      }
      return restraint.reserve;
    };
    const usual = restrained(0, 1_800_000, 71.5);
    expect(usual).toBeGreaterThan(5);
    expect(restrained(1_800_000, 2_700_000, 3)).toBeGreaterThan(0.7 * usual);
    // Talk is as it should be again: so is caution, from the second minute on.
    for (let minute = 47; minute < 75; minute++)
      expect(restrained((minute - 2) * 60_000, (minute - 1) * 60_000, 71.5) / usual).toBeGreaterThan(
        minute < 48 ? 0 : 0.8,
      );
  });

  it('still lets go where talk stays away after an outage for its own caution', () => {
    const governor = new BandGovernor({ min: 0.69, max: 0.74 });
    const meter = new UtilizationMeter(480_000);
    const cautionAfter = (from: number, until: number, talking: number): number => {
      let restraint = { factor: 1, reserve: 0 };
      for (let now = from; now < until; now += 5000) {
        meter.advance(now, { ready: 90 - talking, talking, wrapup: 10 });
        restraint = governor.restrain(now, 100, { serviceTime: 120, wrapupPerTalk: 0.14 }, meter, true);
      }
      return restraint.reserve;
    };
    const usual = cautionAfter(0, 1_800_000, 71.5);
    cautionAfter(1_800_000, 2_700_000, 3);
    expect(cautionAfter(2_700_000, 3_000_000, 60)).toBeLessThan(0.7 * usual);
  });

  it('lets go sooner where its own caution is what talk lacks, not answers', () => {
    const reserved = (isCause: boolean): number => {
      const governor = new BandGovernor({ min: 0.69, max: 0.74 });
      const meter = new UtilizationMeter(480_000);
      let restraint = { factor: 1, reserve: 0 };
      for (let now = 0; now < 2_100_000; now += 5000) {
        const talking = now < 1_800_000 ? 71.5 : 45;
        meter.advance(now, { ready: 90 - talking, talking, wrapup: 10 });
        restraint = governor.restrain(now, 100, { serviceTime: 120, wrapupPerTalk: 0.14 }, meter, isCause);
      }
      return restraint.reserve;
    };
    expect(reserved(true)).toBeLessThan(reserved(false) - 1);
  });

  /** Caution in agents held back, after half an hour as it should be and a quarter of an hour with so many talking. */
  const reserveAfterLack = (talking: number, isCause: boolean): { usual: number; lacking: number; after: number } => {
    const governor = new BandGovernor({ min: 0.69, max: 0.74 });
    const meter = new UtilizationMeter(480_000);
    const last = (from: number, until: number, busy: number, cause: boolean): number => {
      let reserve = 0;
      for (let now = from * 60_000; now < until * 60_000; now += 5000) {
        meter.advance(now, { ready: 90 - busy, talking: busy, wrapup: 10 });
        reserve = governor.restrain(now, 100, { serviceTime: 120, wrapupPerTalk: 0.14 }, meter, cause).reserve;
      }
      return reserve;
    };
    return { usual: last(0, 30, 71.5, true), lacking: last(30, 45, talking, isCause), after: last(45, 75, 71.5, true) };
  };

  it('does not wind up while decisions stop for something else than the band', () => {
    const { usual, lacking, after } = reserveAfterLack(62, false);
    expect(lacking).toBeGreaterThan(0.5 * usual);
    expect(after).toBeGreaterThan(1.2 * reserveAfterLack(62, true).after);
  });

  it('lets go where many are idle and decisions stop for the band: then it is caution that talk lacks', () => {
    const { usual, lacking } = reserveAfterLack(45, true);
    expect(lacking).toBeLessThan(0.5 * usual);
  });

  it('is not taken for the cause by a single decision', () => {
    const governor = new BandGovernor({ min: 0.69, max: 0.74 });
    const meter = new UtilizationMeter(480_000);
    const reserve = (often: number): number => {
      let restraint = { factor: 1, reserve: 0 };
      for (let now = 0; now < 2_700_000; now += 5000) {
        const busy = now < 1_800_000 ? 71.5 : 45;
        meter.advance(now, { ready: 90 - busy, talking: busy, wrapup: 10 });
        const isCause = now < 1_800_000 || (now / 5000) % often === 0;
        restraint = governor.restrain(now, 100, { serviceTime: 120, wrapupPerTalk: 0.14 }, meter, isCause);
      }
      return restraint.reserve;
    };
    expect(reserve(6)).toBeGreaterThan(5);
  });

  /**
   * A team whose idle agents are those held back and those whom the least risk leaves idle, `luck` deviations of how many come free
   * within a call's time, and whose talk follows with the calls' own slowness: talk at the end, and the highest after an hour.
   */
  const governed = (
    { agents, serviceTime, band }: { agents: number; serviceTime: number; band: { min: number; max: number } },
    luck: number,
  ): { end: number; highest: number } => {
    const governor = new BandGovernor(band);
    const meter = new UtilizationMeter(480_000);
    const wrapupPerTalk = 0.18;
    const left = 1 + luck * Math.sqrt(agents / serviceTime);
    let [talking, highest] = [0, 0];
    for (let now = 0; now < 5_400_000; now += 5000) {
      const wrapup = talking * wrapupPerTalk;
      meter.advance(now, { ready: agents - talking - wrapup, talking, wrapup });
      const { factor, reserve } = governor.restrain(now, agents, { serviceTime, wrapupPerTalk }, meter, true);
      const idle = reserve + left * (1 - factor);
      const aimed = Math.max(0, agents - idle) / (1 + wrapupPerTalk);
      talking += (aimed - talking) * (5 / serviceTime);
      if (now > 3_600_000) highest = Math.max(highest, talking / agents);
    }
    return { end: talking / agents, highest };
  };

  const teams = [20, 50, 100, 300, 1000, 3000].flatMap((agents) =>
    [60, 140, 600].flatMap((serviceTime) =>
      [0.69, 0.4, 0.2].map((min) => ({ agents, serviceTime, band: { min, max: min + 0.05 } })),
    ),
  );

  it.each(teams)(
    'comes into the band and stays under its top: $agents agents, calls of $serviceTime s, from $band.min',
    (team) => {
      for (const luck of [4, 8, 12]) {
        const { end, highest } = governed(team, luck);
        expect(end).toBeGreaterThan(team.band.min);
        expect(end).toBeLessThan(team.band.max);
        expect(highest).toBeLessThan(team.band.max);
      }
    },
  );

  it('does nothing without a band', () => {
    const restraint = new BandGovernor(undefined).restrain(
      0,
      50,
      { serviceTime: 120, wrapupPerTalk: 0.1 },
      new UtilizationMeter(1000),
    );
    expect(restraint).toEqual({ factor: 1, reserve: 0 });
  });
});

describe('what calls take of agents', () => {
  const watched = () => {
    const learnt = new AgentRelease(2000);
    const watch = new ServiceWatch(learnt);
    /** Fifty agents, most of them talking, for so many minutes with talks of so many seconds and a share of wrap-up. */
    const work = (minutes: number, talkSeconds: number, wrapups: number): void => {
      let due = 0;
      for (let second = 0; second < 60 * minutes; second++) {
        learnt.spend(1, 35, wrapups);
        watch.spend(1, 35, wrapups);
        for (due += 35 / talkSeconds; due >= 1; due--) {
          learnt.learnTalk(0, talkSeconds, 1000, 50);
          watch.talkEnded();
        }
      }
    };
    return { learnt, watch, work };
  };

  it('is what was learnt, as long as the last minutes were not out of the ordinary', () => {
    const { learnt, watch, work } = watched();
    work(120, 110, 5);
    work(5, 100, 5.2);
    expect(watch.now().serviceTime).toBeCloseTo(learnt.serviceTime, 6);
  });

  it('follows within minutes when another list brings other talks', () => {
    const { learnt, watch, work } = watched();
    work(120, 110, 5);
    work(6, 45, 8);
    expect(watch.now().serviceTime).toBeLessThan(0.8 * learnt.serviceTime);
    expect(watch.now().serviceTime).toBeGreaterThan(50);
    expect(watch.now().wrapupPerTalk).toBeGreaterThan(learnt.wrapupPerTalk);
  });
});

describe('utilization meter', () => {
  it('accounts the time to the last minutes, and not the time without anybody', () => {
    const meter = new UtilizationMeter(60_000);
    meter.advance(0, { ready: 0, talking: 0, wrapup: 0 });
    meter.advance(1_800_000, { ready: 1, talking: 2, wrapup: 1 });
    expect(meter.utilization(10)).toBeCloseTo(0.5, 9);
    meter.advance(2_400_000, { ready: 0, talking: 0, wrapup: 0 });
    expect(meter.utilization(5)).toBeUndefined();
    expect(meter.recent(0.7, 0)).toBe(0.7);
  });
});
