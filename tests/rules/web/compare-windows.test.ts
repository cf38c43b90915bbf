/** Calling hours that were compared: what stands beside what, which are best, and of which hours nothing is known. */
import { describe, expect, it } from 'vitest';
import {
  bestWindow,
  compareWindows,
  hoursOf,
  unknownHours,
  type WindowRow,
} from '../../../src/web/manager/what-if/compare-windows.ts';

const row = (agents: number, from: string, to: string, talks: number | null = 10): WindowRow => ({
  agents,
  window: { from, to },
  assumedAnswerRate: 0.25,
  answeredRate: 0.24,
  talkUtilization: 0.7,
  occupancy: 0.8,
  abandonRate: 0.02,
  conversationsPerAgentHour: talks,
  attemptsPerHour: 400,
  lines: 20,
  insideBand: true,
});

describe('compared calling hours', () => {
  it('stand beside the first hours with the same number of agents; those themselves beside nothing', () => {
    const rows = [
      row(5, '09:00', '17:00'),
      row(8, '09:00', '17:00'),
      row(5, '12:00', '20:00'),
      row(8, '12:00', '20:00'),
    ];
    const compared = compareWindows([...rows, { ...row(9, '09:00', '17:00'), window: null }]);
    expect(compared.map(({ first }) => first && `${first.agents} ${hoursOf(first)}`)).toEqual([
      null,
      null,
      '5 09:00–17:00',
      '8 09:00–17:00',
    ]);
  });

  it('are best where an agent talks to most people; none is where all are alike or there is one', () => {
    const late = row(5, '12:00', '20:00', 12);
    expect(bestWindow([row(5, '09:00', '17:00'), late, row(5, '08:00', '16:00', null)])).toBe(late);
    expect(bestWindow([row(5, '09:00', '17:00'), row(5, '12:00', '20:00')])).toBeNull();
    expect(bestWindow([late])).toBeNull();
  });

  it.each([
    {
      windows: [
        ['09:00', '11:00'],
        ['10:00', '12:30'],
      ],
      unknown: [10, 12],
    },
    { windows: [['09:30', '10:00']], unknown: [] },
    { windows: [['23:00', '23:59']], unknown: [23] },
  ])('name the hours without figures: $windows', ({ windows, unknown }) => {
    const known = Array.from({ length: 24 }, (_, hour) => (hour === 9 || hour === 11 ? 0.2 : null));
    const rows = windows.map(([from = '', to = '']) => row(5, from, to));
    expect(unknownHours(rows, known)).toEqual(unknown);
    expect(unknownHours(rows, [])).toEqual([]);
  });
});
