import { describe, expect, it } from 'vitest';
import { readHeader, readLine } from '../../../dialer/rules/list-line.ts';
import { isFictional, maskNumber, parseNumber } from '../../../dialer/rules/phone-number.ts';

const rules = { country: 'CN', demo: false };
const columnsOf = (...cells: string[]) => {
  const header = readHeader(cells);
  if (!header.ok) throw new Error(header.code);
  return header.columns;
};

describe('header', () => {
  it('knows its columns in both languages and in any case', () => {
    expect(columnsOf('姓名', '手机号', 'Time Zone', '套餐').map(({ role }) => role)).toEqual([
      'name',
      'phone',
      'timeZone',
      'attribute',
    ]);
    expect(columnsOf('phone', 'phone2', '电话3').map(({ role }) => role)).toEqual(['phone', 'phone', 'phone']);
  });
  it.each([
    [['name'], 'column-missing', 'phone'],
    [['phone', 'phone'], 'column-twice', 'phone'],
    [['phone', ' '], 'column-without-name', '2'],
  ])('%j is refused', (cells, code, field) => expect(readHeader(cells)).toEqual({ ok: false, code, field }));
});

describe('line', () => {
  const columns = columnsOf('name', 'phone', 'phone2', 'time_zone', 'tariff');
  it('is read with its numbers in order and free columns as attributes', () => {
    expect(readLine(columns, ['张三', '138 0013 8000', '023-6712 3456', '', '5G 129'], rules)).toEqual({
      ok: true,
      contact: {
        name: '张三',
        timeZone: 'Asia/Shanghai',
        region: '',
        attributes: { tariff: '5G 129' },
        numbers: [
          { number: '+8613800138000', kind: 'mobile' },
          { number: '+862367123456', kind: 'fixed' },
        ],
      },
    });
  });
  it.each<[string, string[], string, string]>([
    ['too few fields', ['a', '13800138000'], 'wrong-field-count', '2 ≠ 5'],
    ['no number', ['a', '', '', '', ''], 'number-missing', 'phone'],
    ['no such number', ['a', '12345', '', '', ''], 'number-invalid', 'phone'],
    ['a bad second number', ['a', '13800138000', 'x', '', ''], 'number-invalid', 'phone2'],
    ['no such zone', ['a', '13800138000', '', 'Mars/Olympus', ''], 'time-zone-unknown', 'time_zone'],
    ['a country with several zones', ['a', '+12125550101', '', '', ''], 'time-zone-needed', 'time_zone'],
    ['bytes that are no text', ['\uFFFD', '13800138000', '', '', ''], 'unreadable-text', 'name'],
    ['a novel in a cell', ['a', '13800138000', '', '', 'x'.repeat(501)], 'text-too-long', 'tariff'],
  ])('%s', (_name, cells, reason, field) =>
    expect(readLine(columns, cells, rules)).toEqual({ ok: false, fault: { reason, field } }),
  );

  it('a demo takes only numbers reserved for fiction', () => {
    const demo = { country: 'CN', demo: true };
    expect(readLine(columns, ['a', '13800138000', '', '', ''], demo)).toMatchObject({
      fault: { reason: 'number-not-fictional' },
    });
    expect(readLine(columns, ['a', '+447700900123', '', '', ''], demo).ok).toBe(true);
  });
});

describe('numbers', () => {
  it.each([
    ['+12125550199', true],
    ['+12125550200', false],
    ['+447700900999', true],
    ['+447700901000', false],
  ])('%s is fictional: %s', (number, expected) => expect(isFictional(number)).toBe(expected));

  it.each([
    ['(0086) 138-0013-8000', '+8613800138000'],
    ['+44 7700 900123', '+447700900123'],
    ['+1 (212) 555-0142', '+12125550142'],
  ])('%s is %s', (raw, number) => expect(parseNumber(raw, 'CN')).toMatchObject({ ok: true, number }));

  it('are masked to their last two digits', () => expect(maskNumber('+12125550142')).toBe('+12••••42'));
});
