/** What the client (the operator) knows of one customer for one month, and sums with months. A customer is a phone number. */

export const customerStatuses = ['in-service', 'lost', 'suspended', 'arrears', 'pre-cancelled', 'cancelled'] as const;
export type CustomerStatus = (typeof customerStatuses)[number];

export type CustomerMonth = {
  /** YYYY-MM */
  month: string;
  status: CustomerStatus;
  /** In hundredths of the client's currency, as all amounts here. */
  bill: number;
  services: number | null;
  contribution: number | null;
  /** First day of service, YYYY-MM-DD. */
  tenureStart: string | null;
  contractEnd: string | null;
  /** Changes that the client flags as important, in its words. */
  changes: string[];
};

/** One customer with what is known of the months asked for, the oldest first; months may be missing in between. */
export type CustomerFacts = { customerId: string; number: string; months: CustomerMonth[] };

const form = /^(?:19[7-9]\d|2\d{3})-(?:0[1-9]|1[0-2])$/;

export function isMonth(text: string): boolean {
  return form.test(text);
}

/** So many months later; earlier with a negative number. */
export function monthPlus(month: string, count: number): string {
  const at = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + count;
  return `${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}`;
}

/** How many months `to` comes after `from`. */
export function monthsBetween(from: string, to: string): number {
  const at = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5));
  return at(to) - at(from);
}
