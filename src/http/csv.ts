/**
 * One line of CSV (RFC 4180). Text that a spreadsheet would take for a formula is disarmed by an apostrophe (OWASP, "CSV
 * Injection", line feeds and the wide signs of Chinese keyboards among it): files of ours are opened by people who trust them.
 */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
