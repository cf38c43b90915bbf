import { expect, test } from 'vitest';
import { readMonthHeader, readMonthLine } from '../../../dialer/rules/customers/month-line.ts';
import { demoCustomers } from '../../../src/seed/customers.ts';

const tables = demoCustomers('2026-02', 500).map(({ month, file }) => {
  const [head = '', ...lines] = Buffer.from(file).toString('utf8').trimEnd().split('\r\n');
  const header = readMonthHeader(head.split(','));
  if (!header.ok) throw new Error(header.code);
  return { month, read: lines.map((line) => readMonthLine(header.columns, line.split(','), { country: 'US', month })) };
});
const customers = tables.map(({ read }) => read.flatMap((line) => (line.ok ? [line.customer] : [])));

test('the pretended operator tells of the months before, and every line can be taken', () => {
  expect(tables.map(({ month }) => month)).toEqual(['2025-10', '2025-11', '2025-12', '2026-01']);
  expect(tables.flatMap(({ read }) => read.filter(({ ok }) => !ok))).toEqual([]);
  expect(customers.map((table) => new Set(table.map(({ number }) => number)).size)).toEqual([500, 500, 500, 500]);
});

test('people keep their first day, and who left stays away', () => {
  for (const [index, first] of (customers[0] ?? []).entries()) {
    const story = customers.map((table) => table[index]);
    expect(new Set(story.map((month) => month?.number)).size).toBe(1);
    if (first.status !== 'in-service') expect(new Set(story.map((month) => month?.status)).size).toBe(1);
  }
  const inService = customers.map((table) => table.filter(({ status }) => status === 'in-service').length);
  expect(inService).toEqual(inService.toSorted((a, b) => b - a));
  expect(inService.at(-1)).toBeLessThan(inService[0] ?? 0);
});
