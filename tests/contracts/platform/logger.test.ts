import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLogger, hideNumbers } from '../../../src/platform/logger.ts';

function logged(write: (log: ReturnType<typeof createLogger>) => void): string {
  let out = '';
  const destination = {
    write(line: string) {
      out += line;
    },
  };
  write(createLogger({ level: 'info', destination }));
  return out;
}

describe('the logger', () => {
  test.each([
    ['number', '2025550123'],
    ['phoneNumber', '+447700900123'],
    ['contact_name', 'Zhang San'],
    ['name', 'Zhang San'],
    ['displayName', 'Li Si'],
    ['password', 'hunter22'],
    ['authorization', 'Basic abc'],
    ['sessionToken', 'abcdef'],
    ['email', 'a@b.example'],
    ['from', '020 7946 0123'],
  ])('hides %s wherever it stands', (key, value) => {
    const out = logged((log) => log.info({ [key]: value, deep: { list: [{ [key]: value }] } }, 'text'));
    expect(out).not.toContain(value);
    expect(JSON.parse(out)[key]).toBe('[hidden]');
    expect(JSON.parse(out).deep.list[0][key]).toBe('[hidden]');
  });

  test('keeps what is needed to follow a call', () => {
    const fields = {
      attemptId: '01890f3e-7b1a-7cc2-98c4-dc0c0c07398f',
      from: 'ringing',
      to: 'talking',
      job: 'sweep',
      ms: 12,
      at: 1_767_600_000_000,
    };
    expect(JSON.parse(logged((log) => log.info(fields, 'state changed')))).toMatchObject({
      ...fields,
      msg: 'state changed',
    });
  });

  test('hides numbers in sentences and errors, causes included', () => {
    const error = new Error('the carrier refused +1 202-555-0123', { cause: new Error('+442079460123 is wrong') });
    const out = logged((log) => {
      log.error({ err: error }, 'calling +12025550123 failed');
      log.error(error);
      log.error({ err: error });
      log.info('calling %s', '+12025550123');
    });
    expect(out).not.toMatch(/2025550123|202-555-0123|2079460123/);
    expect(out).toContain('calling +…23 failed');
    expect(out).toContain('"type":"Error"');
  });

  test('lets no number in international form through', () => {
    const separator = fc.constantFrom('', ' ', '-', '.');
    const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 7, maxLength: 15 });
    fc.assert(
      fc.property(digits, separator, fc.string(), (number, between, around) => {
        const written = `+${number.join(between)}`;
        expect(hideNumbers(`${around} ${written} ${around}`)).not.toContain(written);
      }),
    );
  });

  test('survives what cannot be written down', () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    expect(() => logged((log) => log.info({ circle, big: 1n, fn: () => 1, date: new Date(0) }, 'odd'))).not.toThrow();
  });
});
