import type { CalibrationRow } from '../policy.ts';

/** Upper ends of the bins of foretold risk. */
export const RISK_BINS = [0.001, 0.003, 0.01, 0.02, 0.03, 0.05, 0.08, 0.12, 0.2, 0.35, 0.6, 1] as const;

/** Of the calls foretold to find nobody with such a risk, how many did? Bounded: one row of sums for each bin. */
export class Calibration {
  private readonly bins: CalibrationRow[] = RISK_BINS.map((upTo) => ({ upTo, calls: 0, foretold: 0, foundNobody: 0 }));

  count(risk: number, foundNobody: boolean): void {
    const row = this.bins.find((bin) => risk <= bin.upTo);
    if (!row || !(risk >= 0)) return;
    row.calls++;
    row.foretold += risk;
    if (foundNobody) row.foundNobody++;
  }

  rows(): CalibrationRow[] {
    return this.bins.map((row) => ({ ...row }));
  }

  toJSON(): CalibrationRow[] {
    return this.rows();
  }

  load(stored: unknown): void {
    if (!Array.isArray(stored)) return;
    const list: unknown[] = stored;
    this.bins.forEach((row, index) => {
      const from = list[index];
      if (typeof from !== 'object' || from === null) return;
      if (!('calls' in from) || !('foretold' in from) || !('foundNobody' in from)) return;
      const { calls, foretold, foundNobody } = from;
      if (typeof calls !== 'number' || typeof foretold !== 'number' || typeof foundNobody !== 'number') return;
      if (!(calls >= foundNobody && foundNobody >= 0 && foretold >= 0 && calls < 1e12)) return;
      Object.assign(row, { calls, foretold, foundNobody });
    });
  }
}
