/** Whether a customer fits a type. What is not known fulfils nothing: neither that something is so, nor that it is not. */
import { type CustomerMonth, monthPlus } from '../customers/month.ts';
import { daysBetween, lastMonths, type SegmentCustomer, type SegmentMoment, wholeMonths } from './facts.ts';
import type { Comparison, SegmentCondition, SegmentType } from './settings.ts';

export function fits({ match, groups }: SegmentType, customer: SegmentCustomer, at: SegmentMoment): boolean {
  return joined(match, groups, (group) =>
    joined(group.match, group.conditions, (condition) => fulfils(condition, customer, at)),
  );
}

const joined = <T>(match: 'all' | 'any', of: readonly T[], ask: (one: T) => boolean): boolean =>
  match === 'all' ? of.every(ask) : of.some(ask);

export function fulfils(
  condition: SegmentCondition,
  customer: SegmentCustomer,
  { month, today }: SegmentMoment,
): boolean {
  const newest: CustomerMonth | undefined = customer.months.get(month);
  switch (condition.kind) {
    case 'bill':
      return ofBills(condition, customer, month, (bill, parts) =>
        compares(condition.is, bill, condition.amount * parts),
      );
    case 'bill-between':
      return ofBills(
        condition,
        customer,
        month,
        (bill, parts) => bill >= condition.from * parts && bill <= condition.to * parts,
      );
    case 'bill-change': {
      const before = billsOf(customer, monthPlus(month, -1), condition.months);
      const now = newest?.bill ?? null;
      if (before === null || now === null) return false;
      // The mean's denominator stands on the other side: nothing is rounded.
      const [sum, mine] = [total(before), now * before.length];
      return condition.is === 'more-than-times' ? mine > sum * condition.factor : mine * condition.factor < sum;
    }
    case 'status': {
      const status = newest?.status;
      return status !== undefined && condition.states.includes(status) === (condition.is === 'one-of');
    }
    case 'tenure': {
      const since = customer.tenureStart;
      return since !== null && since <= today && compares(condition.is, wholeMonths(since, today), condition.count);
    }
    case 'services': {
      const services = newest?.services ?? null;
      return services !== null && compares(condition.is, services, condition.count);
    }
    case 'important-change':
      return lastMonths(month, condition.months).some((one) => (customer.months.get(one)?.changes.length ?? 0) > 0);
    case 'contract-end': {
      const end = customer.contractEnd;
      return end !== null && end >= today && daysBetween(today, end) <= condition.days;
    }
    case 'complaint-open':
      return customer.complaintOpen;
  }
}

/** `ask` is told a bill and of how many months it is the sum: a mean is compared by its terms. */
function ofBills(
  { of, months }: Extract<SegmentCondition, { kind: 'bill' | 'bill-between' }>,
  customer: SegmentCustomer,
  month: string,
  ask: (bill: number, parts: number) => boolean,
): boolean {
  if (of === 'any')
    return lastMonths(month, months).some((one) => {
      const bill = customer.months.get(one)?.bill ?? null;
      return bill !== null && ask(bill, 1);
    });
  const bills = billsOf(customer, month, months);
  if (bills === null) return false;
  if (of === 'each') return bills.every((bill) => ask(bill, 1));
  return ask(total(bills), of === 'mean' ? bills.length : 1);
}

/** Null: one of them is not known, so nothing can be said of all. */
function billsOf(customer: SegmentCustomer, month: string, count: number): number[] | null {
  const bills: number[] = [];
  for (const one of lastMonths(month, count)) {
    const bill = customer.months.get(one)?.bill ?? null;
    if (bill === null) return null;
    bills.push(bill);
  }
  return bills;
}

const total = (bills: readonly number[]): number => bills.reduce((sum, bill) => sum + bill, 0);

function compares(is: Comparison, value: number, than: number): boolean {
  switch (is) {
    case 'over':
      return value > than;
    case 'at-least':
      return value >= than;
    case 'at-most':
      return value <= than;
    case 'under':
      return value < than;
  }
}
