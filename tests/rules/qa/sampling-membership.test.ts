import { describe, expect, it } from 'vitest';
import {
  boundsOfDay,
  boundsOfWeek,
  type ConversationFacts,
  centreDateOf,
  type FrameRules,
  frameMembership,
  weekOf,
} from '../../../qa/rules/sampling.ts';

const facts: ConversationFacts = {
  outcome: 'sale',
  talkSeconds: 180,
  recording: 'stored',
  recordingSeconds: 179,
  complaint: false,
  agentInFirstWeek: false,
};
const rules: FrameRules = {
  members: 'sales',
  shorterBySeconds: 2,
  longFromSeconds: 900,
  shortBelowSeconds: 40,
  firstWeek: true,
  complaint: true,
};

describe('membership of a frame', () => {
  it.each<[string, Partial<ConversationFacts>, Partial<FrameRules>, unknown]>([
    ['an ordinary sale', {}, {}, { in: true, forced: null }],
    ['no sale', { outcome: 'no-sale' }, {}, { in: false, reason: 'not-a-sale' }],
    [
      'no sale where all conversations count',
      { outcome: 'no-sale' },
      { members: 'conversations' },
      { in: true, forced: null },
    ],
    ['no recording', { recording: 'missing' }, {}, { in: false, reason: 'recording-missing' }],
    ['a damaged recording', { recording: 'damaged' }, {}, { in: false, reason: 'recording-damaged' }],
    ['a recording too short', { recordingSeconds: 177 }, {}, { in: false, reason: 'recording-shorter-than-talk' }],
    ['a recording just long enough', { recordingSeconds: 178 }, {}, { in: true, forced: null }],
    [
      'a complaint in the first week',
      { complaint: true, agentInFirstWeek: true },
      {},
      { in: true, forced: 'complaint' },
    ],
    ['the first week', { agentInFirstWeek: true }, {}, { in: true, forced: 'first-week' }],
    ['a long talk', { talkSeconds: 900, recordingSeconds: 900 }, {}, { in: true, forced: 'long' }],
    ['a short talk', { talkSeconds: 39, recordingSeconds: 39 }, {}, { in: true, forced: 'short' }],
    [
      'a short talk, rule off',
      { talkSeconds: 39, recordingSeconds: 39 },
      { shortBelowSeconds: null },
      { in: true, forced: null },
    ],
  ])('%s', (_, fact, rule, expected) => {
    expect(frameMembership({ ...facts, ...fact }, { ...rules, ...rule })).toEqual(expected);
  });
});

describe('the centre’s day', () => {
  it.each([
    ['2026-03-28', 'Europe/Berlin', 24],
    ['2026-03-29', 'Europe/Berlin', 23],
    ['2026-10-25', 'Europe/Berlin', 25],
    ['2026-10-04', 'Australia/Lord_Howe', 23.5],
    ['2026-09-06', 'America/Santiago', 23],
    ['2026-03-29', 'Asia/Shanghai', 24],
  ])('%s in %s has %d hours, and every moment of it belongs to it', (date, zone, hours) => {
    const { from, until } = boundsOfDay(date, zone);
    expect((until - from) / 3_600_000).toBe(hours);
    expect(centreDateOf(from, zone)).toBe(date);
    expect(centreDateOf(until - 1, zone)).toBe(date);
    expect(centreDateOf(until, zone)).not.toBe(date);
    expect(centreDateOf(from - 1, zone)).not.toBe(date);
  });

  it('belongs to the week of its Monday', () => {
    expect(weekOf('2026-03-29')).toBe('2026-03-23');
    expect(weekOf('2026-03-30')).toBe('2026-03-30');
    const { from, until } = boundsOfWeek('2026-03-23', 'Europe/Berlin');
    expect((until - from) / 3_600_000).toBe(7 * 24 - 1);
  });
});
