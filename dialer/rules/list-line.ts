/** One line of a contact list, read or rejected with the field at fault. */
import { isTimeZone } from './calendar.ts';
import { isFictional, parseNumber } from './phone-number.ts';
import {
  cellFault,
  readTableHeader,
  type TableColumns,
  type TableFault,
  type TableHeader,
  wrongCount,
} from './table.ts';
import { timeZoneOfCountry } from './time-zone-of-number.ts';

/** Header names we understand, beside our own; all other columns become attributes. */
const synonyms: Readonly<Record<string, ColumnRole>> = {
  name: 'name', 姓名: 'name', 客户姓名: 'name', customer: 'name',
  phone: 'phone', 电话: 'phone', 手机: 'phone', 手机号: 'phone', 手机号码: 'phone', 电话号码: 'phone', 联系电话: 'phone', mobile: 'phone', number: 'phone',
  time_zone: 'timeZone', timezone: 'timeZone', 时区: 'timeZone',
  region: 'region', 地区: 'region', 城市: 'region',
}; // biome-ignore format: a dictionary reads best by its values

type ColumnRole = 'name' | 'phone' | 'timeZone' | 'region' | 'attribute';

export type Columns = TableColumns<ColumnRole>;

/** Reads the header line: phone, phone2, phone 3, 电话2 … are numbers in the order of their columns. */
export function readHeader(cells: readonly string[]): TableHeader<ColumnRole> {
  return readTableHeader(cells, (key) => synonyms[key] ?? synonyms[key.replace(/_?\d+$/, '')] ?? 'attribute', [
    'phone',
  ]);
}

export type ListContact = {
  name: string;
  timeZone: string;
  region: string;
  attributes: Record<string, string>;
  numbers: { number: string; kind: string }[];
};

export type LineFault = { reason: LineReason; field: string };
export type LineReason =
  | TableFault['reason']
  | 'number-missing'
  | 'number-invalid'
  | 'number-not-fictional'
  | 'time-zone-unknown'
  | 'time-zone-needed'
  | 'duplicate-in-file'
  | 'duplicate-in-campaign'
  | 'on-blacklist';

export type LineRules = { country: string; demo: boolean };

/** Checks one line by itself; duplicates and the blacklist are the import's to check. */
export function readLine(
  columns: Columns,
  cells: readonly string[],
  rules: LineRules,
): { ok: true; contact: ListContact } | { ok: false; fault: LineFault } {
  const reject = (reason: LineReason, field: string) => ({ ok: false, fault: { reason, field } }) as const;
  const uneven = wrongCount(columns, cells);
  if (uneven !== null) return { ok: false, fault: uneven };
  const contact: ListContact = { name: '', timeZone: '', region: '', attributes: {}, numbers: [] };
  let country: string | null = null;
  for (const [index, { header, role }] of columns.entries()) {
    const value = (cells[index] ?? '').trim();
    const unreadable = cellFault(value, header);
    if (unreadable !== null) return { ok: false, fault: unreadable };
    switch (role) {
      case 'phone': {
        if (value === '' && contact.numbers.length > 0) break; // further numbers may be empty
        const parsed = parseNumber(value, rules.country);
        if (!parsed.ok) {
          if (parsed.reason === 'number-missing' && hasLaterNumber(columns, cells, index)) break;
          return reject(parsed.reason, header);
        }
        if (rules.demo && !isFictional(parsed.number)) return reject('number-not-fictional', header);
        country ??= parsed.country;
        if (!contact.numbers.some(({ number }) => number === parsed.number))
          contact.numbers.push({ number: parsed.number, kind: parsed.kind });
        break;
      }
      case 'attribute':
        if (value !== '') contact.attributes[header] = value;
        break;
      default:
        contact[role] = value;
    }
  }
  if (contact.timeZone === '') {
    const zone = timeZoneOfCountry(country);
    if (zone === null) return reject('time-zone-needed', 'time_zone');
    contact.timeZone = zone;
  } else if (!isTimeZone(contact.timeZone)) {
    return reject('time-zone-unknown', 'time_zone');
  }
  return { ok: true, contact };
}

function hasLaterNumber(columns: Columns, cells: readonly string[], index: number): boolean {
  return columns.some(({ role }, other) => other > index && role === 'phone' && (cells[other] ?? '').trim() !== '');
}
