/** One line of a month's table of customers, read or rejected with the field at fault. */
import { parseNumber } from '../phone-number.ts';
import {
  cellFault,
  readTableHeader,
  type TableColumns,
  type TableFault,
  type TableHeader,
  wrongCount,
} from '../table.ts';
import { type CustomerMonth, type CustomerStatus, monthPlus } from './month.ts';

type Role =
  | 'phone'
  | 'status'
  | 'bill'
  | 'services'
  | 'contribution'
  | 'tenure_start'
  | 'contract_end'
  | 'changes'
  | 'other';
export type MonthColumns = TableColumns<Role>;

/** Header names we understand; other columns are passed over. */
const roles: Readonly<Record<string, Role>> = {
  phone: 'phone', number: 'phone', mobile: 'phone', 电话: 'phone', 手机: 'phone', 手机号: 'phone', 手机号码: 'phone', 电话号码: 'phone', 号码: 'phone', 业务号码: 'phone',
  status: 'status', state: 'status', 状态: 'status', 客户状态: 'status', 用户状态: 'status',
  bill: 'bill', amount: 'bill', 账单: 'bill', 账单金额: 'bill', 话费: 'bill', 消费: 'bill', 消费金额: 'bill',
  services: 'services', 业务数: 'services', 业务数量: 'services', 服务数: 'services',
  contribution: 'contribution', 贡献: 'contribution', 贡献值: 'contribution', 贡献度: 'contribution',
  tenure_start: 'tenure_start', since: 'tenure_start', 入网日期: 'tenure_start', 入网时间: 'tenure_start', 开户日期: 'tenure_start',
  contract_end: 'contract_end', 合约到期: 'contract_end', 合约到期日: 'contract_end', 协议到期: 'contract_end', 协议到期日: 'contract_end',
  changes: 'changes', 重要变更: 'changes', 重要变动: 'changes', 变更: 'changes',
}; // biome-ignore format: a dictionary reads best by its values

const statuses: Readonly<Record<string, CustomerStatus>> = {
  'in-service': 'in-service', active: 'in-service', 在网: 'in-service', 正常: 'in-service', 正常在网: 'in-service',
  lost: 'lost', 流失: 'lost', 离网: 'lost',
  suspended: 'suspended', 停机: 'suspended', 停复机: 'suspended',
  arrears: 'arrears', 欠费: 'arrears', 欠费停机: 'arrears',
  'pre-cancelled': 'pre-cancelled', 预销: 'pre-cancelled', 预销户: 'pre-cancelled',
  cancelled: 'cancelled', canceled: 'cancelled', 销户: 'cancelled', 已销户: 'cancelled', 拆机: 'cancelled',
}; // biome-ignore format: a dictionary reads best by its values

export type MonthReason =
  | TableFault['reason']
  | 'number-missing'
  | 'number-invalid'
  | 'value-missing'
  | 'status-unknown'
  | 'amount-invalid'
  | 'count-invalid'
  | 'date-invalid'
  | 'date-after-month'
  | 'too-many-changes'
  | 'duplicate-in-file';
export type MonthFault = { reason: MonthReason; field: string };
export type CustomerLine = CustomerMonth & { number: string };

export function readMonthHeader(cells: readonly string[]): TableHeader<Role> {
  const header = readTableHeader(cells, (key) => roles[key] ?? 'other', ['phone', 'status', 'bill']);
  if (!header.ok) return header;
  // Two columns that mean the same would leave it to chance which one counts.
  const known = header.columns.filter(({ role }) => role !== 'other');
  const twice = known.find(({ role }, index) => known.findIndex((other) => other.role === role) !== index);
  return twice === undefined ? header : { ok: false, code: 'column-twice', field: twice.header };
}

/** Checks one line by itself; that a number stands twice in the file is the import's to find. */
export function readMonthLine(
  columns: MonthColumns,
  cells: readonly string[],
  { country, month }: { country: string; month: string },
): { ok: true; customer: CustomerLine } | { ok: false; fault: MonthFault } {
  const uneven = wrongCount(columns, cells);
  if (uneven !== null) return { ok: false, fault: uneven };
  const customer: CustomerLine = {
    ...{ number: '', month, status: 'in-service', bill: 0, services: null, contribution: null },
    ...{ tenureStart: null, contractEnd: null, changes: [] },
  };
  for (const [index, { header, role }] of columns.entries()) {
    const value = (cells[index] ?? '').trim();
    const reason = cellFault(value, header)?.reason ?? take(customer, role, value, country);
    if (reason !== null) return { ok: false, fault: { reason, field: header } };
  }
  return { ok: true, customer };
}

/** Puts a cell's value where it belongs; says what is wrong with it otherwise. */
function take(to: CustomerLine, role: Role, value: string, country: string): MonthReason | null {
  switch (role) {
    case 'phone': {
      const parsed = parseNumber(value, country);
      if (!parsed.ok) return parsed.reason;
      to.number = parsed.number;
      return null;
    }
    case 'status': {
      if (value === '') return 'value-missing';
      const status = statuses[value.toLowerCase().replaceAll(/[\s_]+/g, '-')];
      if (status === undefined) return 'status-unknown';
      to.status = status;
      return null;
    }
    case 'bill': {
      if (value === '') return 'value-missing';
      const bill = hundredths(value);
      if (bill === null || bill < 0) return 'amount-invalid';
      to.bill = bill;
      return null;
    }
    case 'contribution':
      to.contribution = value === '' ? null : hundredths(value);
      return value !== '' && to.contribution === null ? 'amount-invalid' : null;
    case 'services':
      if (value !== '' && !/^\d{1,4}$/.test(value)) return 'count-invalid';
      to.services = value === '' ? null : Number(value);
      return null;
    case 'tenure_start':
      to.tenureStart = value === '' ? null : dayOf(value);
      if (value !== '' && to.tenureStart === null) return 'date-invalid';
      return to.tenureStart !== null && to.tenureStart >= `${monthPlus(to.month, 1)}-01` ? 'date-after-month' : null;
    case 'contract_end':
      to.contractEnd = value === '' ? null : dayOf(value);
      return value !== '' && to.contractEnd === null ? 'date-invalid' : null;
    case 'changes':
      to.changes = [...new Set(value.split(/[;；、|]/).map((change) => change.trim()))].filter((text) => text !== '');
      return to.changes.length > mostChanges ? 'too-many-changes' : null;
    case 'other':
      return null;
  }
}

const mostChanges = 20;
const largest = 2 ** 31 - 1;

/** An amount as people write it, thousands divided by commas or not, with at most two decimals. No floating point on the way. */
export function hundredths(text: string): number | null {
  const [, sign, whole, part = ''] = /^(-?)(\d{1,9}|\d{1,3}(?:,\d{3}){1,2})(?:\.(\d{1,2})0*)?$/.exec(text) ?? [];
  if (whole === undefined) return null;
  const amount = Number(whole.replaceAll(',', '')) * 100 + Number(part.padEnd(2, '0'));
  if (amount > largest) return null;
  return sign === '-' && amount !== 0 ? -amount : amount;
}

/** A day of the calendar, as 2026-03-01, 2026/3/1, 2026.3.1, 20260301, 2026年3月1日 or a spreadsheet's date. */
export function dayOf(text: string): string | null {
  const [, year, month = '', date = ''] =
    /^((?:19|2\d)\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ][\d:.]*Z?)?$/.exec(text) ??
    /^((?:19|2\d)\d{2})(\d{2})(\d{2})$/.exec(text) ??
    [];
  if (year === undefined) return null;
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  const at = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === day ? day : null;
}
