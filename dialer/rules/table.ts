/** What all tables that people bring have in common: a header whose names say what a column is, and cells that can be read. */

export type TableColumns<Role> = { header: string; role: Role }[];
export type TableHeader<Role> =
  | { ok: true; columns: TableColumns<Role> }
  | { ok: false; code: 'column-twice' | 'column-without-name' | 'column-missing'; field: string };

/** A table with a name twice, without one, or without a column of a role that it needs, is refused as a whole. */
export function readTableHeader<Role extends string>(
  cells: readonly string[],
  /** Told the name in lower case, its blanks as underscores. */
  roleOf: (key: string) => Role,
  needed: readonly Role[],
): TableHeader<Role> {
  const columns = cells.map((cell) => {
    const header = cell.trim();
    return { header, role: roleOf(header.toLowerCase().replace(/\s+/g, '_')) };
  });
  const twice = columns.find(({ header }, index) => columns.findIndex((other) => other.header === header) !== index);
  if (twice !== undefined) return { ok: false, code: 'column-twice', field: twice.header };
  const nameless = columns.findIndex(({ header }) => header === '');
  if (nameless >= 0) return { ok: false, code: 'column-without-name', field: String(nameless + 1) };
  const missing = needed.find((role) => !columns.some((column) => column.role === role));
  if (missing !== undefined) return { ok: false, code: 'column-missing', field: missing };
  return { ok: true, columns };
}

const longestCell = 500;

export type TableFault = { reason: 'wrong-field-count' | 'unreadable-text' | 'text-too-long'; field: string };

/** A line with more or fewer cells than the header is not guessed at. */
export function wrongCount(columns: readonly unknown[], cells: readonly string[]): TableFault | null {
  return cells.length === columns.length
    ? null
    : { reason: 'wrong-field-count', field: `${cells.length} ≠ ${columns.length}` };
}

export function cellFault(value: string, header: string): TableFault | null {
  if (value.includes('\uFFFD') || value.includes('\0')) return { reason: 'unreadable-text', field: header };
  return value.length > longestCell ? { reason: 'text-too-long', field: header } : null;
}
