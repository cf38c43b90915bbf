/** What a line of a month's table says of a customer, or which cell is at fault. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { isMonth, monthPlus, monthsBetween } from '../../../dialer/rules/customers/month.ts';
import { dayOf, hundredths, readMonthHeader, readMonthLine } from '../../../dialer/rules/customers/month-line.ts';

const rules = { country: 'CN', month: '2026-10' };
function read(header: string, line: string) {
  const read = readMonthHeader(header.split(','));
  return read.ok ? readMonthLine(read.columns, line.split(','), rules) : read;
}

describe('a table of customers', () => {
  test.each([
    ['phone,status', { code: 'column-missing', field: 'bill' }],
    ['status,bill', { code: 'column-missing', field: 'phone' }],
    ['phone,status,bill,bill', { code: 'column-twice', field: 'bill' }],
    // Two names of one thing: which of them counts must not be guessed.
    ['phone,手机号,状态,账单', { code: 'column-twice', field: '手机号' }],
    ['phone,status,,bill', { code: 'column-without-name', field: '3' }],
  ])('headed %s is refused', (header, fault) => {
    expect(readMonthHeader(header.split(','))).toEqual({ ok: false, ...fault });
  });

  it('is read with English and with Chinese names, other columns passed over', () => {
    const customer = {
      ...{ number: '+8613800138000', month: '2026-10', status: 'in-service', bill: 12_950, services: 3 },
      ...{ contribution: -50, tenureStart: '2019-03-01', contractEnd: '2026-12-31', changes: ['moved', 'new owner'] },
    };
    const english = read(
      'phone,status,bill,services,contribution,tenure_start,contract_end,changes,note',
      '13800138000,in service,129.50,3,-0.5,2019-03-01,2026/12/31,moved; new owner;moved,x',
    );
    expect(english).toEqual({ ok: true, customer });
    const chinese = read(
      '手机号码,客户状态,账单金额,业务数,贡献,入网日期,合约到期,重要变更',
      '13800138000,正常,129.5,3,-0.50,2019年3月1日,20261231,moved；new owner',
    );
    expect(chinese).toEqual({ ok: true, customer });
  });

  it('leaves open what is not known', () => {
    expect(read('phone,status,bill,services,contribution,tenure_start', '13800138000,欠费,0,,,')).toMatchObject({
      customer: { status: 'arrears', bill: 0, services: null, contribution: null, tenureStart: null, changes: [] },
    });
  });

  test.each([
    ['12,lost,1,,', 'number-invalid', 'phone'],
    [',lost,1,,', 'number-missing', 'phone'],
    ['13800138000,,1,,', 'value-missing', 'status'],
    ['13800138000,gone,1,,', 'status-unknown', 'status'],
    ['13800138000,lost,,,', 'value-missing', 'bill'],
    ['13800138000,lost,-1,,', 'amount-invalid', 'bill'],
    ['13800138000,lost,1.234,,', 'amount-invalid', 'bill'],
    ['13800138000,lost,1,two,', 'count-invalid', 'services'],
    ['13800138000,lost,1,1,2026-02-30', 'date-invalid', 'tenure_start'],
    // Nobody is a customer in October who began in November.
    ['13800138000,lost,1,1,2026-11-01', 'date-after-month', 'tenure_start'],
    ['13800138000,lost,1,1', 'wrong-field-count', '4 ≠ 5'],
    ['13800138000,l\uFFFDst,1,1,', 'unreadable-text', 'status'],
  ])('rejects %s as %s', (line, reason, field) => {
    const fault = { ok: false, fault: { reason, field } };
    expect(read('phone,status,bill,services,tenure_start', line)).toEqual(fault);
  });
});

describe('amounts', () => {
  it('are exact to the hundredth, with or without thousands divided', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 31 - 1), max: 2 ** 31 - 1 }), (amount) => {
        const [whole, part] = [Math.trunc(Math.abs(amount) / 100), String(Math.abs(amount) % 100).padStart(2, '0')];
        const sign = amount < 0 ? '-' : '';
        expect(hundredths(`${sign}${whole}.${part}`)).toBe(amount);
        expect(hundredths(`${sign}${whole.toLocaleString('en')}.${part}`)).toBe(amount);
      }),
    );
  });
  test.each(['', '.5', '1e3', '1,2', '12,34', '1.2.3', '¥5', '99999999999', '21474836.48', '--1'])(
    '%s is none',
    (text) => {
      expect(hundredths(text)).toBeNull();
    },
  );
});

test('days are those of the calendar, however they are written', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('1950-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }), (at) => {
      const day = at.toISOString().slice(0, 10);
      const [year, month, date] = day.split('-').map(Number);
      const spellings = [day, at.toISOString(), day.replaceAll('-', ''), `${year}/${month}/${date}`];
      expect([...spellings, `${year}年${month}月${date}日`].map(dayOf)).toEqual(Array(5).fill(day));
    }),
  );
  expect(['2026-13-01', '2025-02-29', '1-2-2026', '46000', 'soon'].map(dayOf)).toEqual(Array(5).fill(null));
});

test('months are counted over the years, there and back', () => {
  expect([monthPlus('2026-11', 3), monthPlus('2026-01', -1), monthPlus('2026-12', 0)]).toEqual(
    ['2027-02', '2025-12', '2026-12'],
  ); // biome-ignore format: side by side
  expect(['2026-00', '2026-13', '26-01', '2026-1'].map(isMonth)).toEqual([false, false, false, false]);
  fc.assert(
    fc.property(fc.integer({ min: -600, max: 600 }), (count) => {
      const month = monthPlus('2026-06', count);
      expect(isMonth(month)).toBe(true);
      expect(monthsBetween('2026-06', month)).toBe(count);
    }),
  );
});
