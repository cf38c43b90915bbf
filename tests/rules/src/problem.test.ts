import { describe, expect, test } from 'vitest';
import { DialerError } from '../../../dialer/index.ts';
import { problem } from '../../../src/contract/common.ts';
import { ApiError } from '../../../src/http/errors.ts';
import { problemOf } from '../../../src/http/problem.ts';
import { PlatformError } from '../../../src/platform/errors.ts';

const broken = Object.assign(new Error('terminating connection'), { code: '57P01' });

const failed = (syscall: string) => Object.assign(new Error(`ENOENT: ${syscall}`), { code: 'ENOENT', syscall });

describe('one mapping from anything thrown to a problem', () => {
  test.each<[string, unknown, number, string, boolean]>([
    ['a refusal of the API', new ApiError('week-not-over'), 409, 'week-not-over', false],
    ['too many', new ApiError('too-many-requests'), 429, 'too-many-requests', true],
    ['an unknown campaign', new DialerError('campaign-unknown', 'x'), 404, 'campaign-unknown', false],
    ['wrong settings', new DialerError('settings-invalid', 'x'), 422, 'settings-invalid', false],
    ['another’s call', new DialerError('attempt-not-yours', 'x'), 403, 'attempt-not-yours', false],
    ['a race', new DialerError('busy-try-again', 'x', { retryable: true }), 503, 'busy-try-again', true],
    ['a wrong state', new DialerError('campaign-not-running', 'x'), 409, 'campaign-not-running', false],
    [
      'a queue that is away',
      new PlatformError('job_not_enqueued', 'x', { retryable: true }),
      503,
      'job_not_enqueued',
      true,
    ],
    ['a database that is away', new Error('wrapped', { cause: broken }), 503, 'database-unreachable', true],
    ['a socket that is not there', failed('connect'), 503, 'database-unreachable', true],
    ['a file that is not there', failed('open'), 500, 'internal', false],
    ['a bug', new TypeError('secret detail'), 500, 'internal', false],
    ['no error at all', 'text', 500, 'internal', false],
    ['nothing', undefined, 500, 'internal', false],
  ])('%s', (_, error, status, code, retryable) => {
    const made = problemOf(error, 'request-1');
    expect(made).toMatchObject({ status, code, retryable, requestId: 'request-1' });
    expect(problem.safeParse(made).success).toBe(true);
  });

  test('what is unexpected keeps its words to itself', () => {
    expect(JSON.stringify(problemOf(new Error('select * from secrets'), 'r'))).not.toContain('secrets');
  });

  test('the inputs at fault are named', () => {
    const faults = [
      { code: 'must-be-below', field: 'pacing.band' },
      { code: 'missing', field: 'calling.windows' },
    ];
    const made = problemOf(new DialerError('settings-invalid', 'x', { faults }), 'r');
    expect(made.field).toBe('pacing.band');
    expect(made.faults?.map(({ field }) => field)).toEqual(['pacing.band', 'calling.windows']);
  });
});
