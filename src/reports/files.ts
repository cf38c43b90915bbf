/** Sheets as CSV and as XLSX. Both carry who took them out and when. */
import { csvLine } from '../http/csv.ts';
import type { Cell, Sheet } from './report.ts';

export type Taken = { by: string; at: number };

export function sheetsToCsv(sheets: readonly Sheet[], taken: Taken): string {
  const blocks = sheets.map(({ title, rows }) =>
    [csvLine([title]), ...rows.map((row) => csvLine(row.map(plain)))].join(''),
  );
  // The mark tells spreadsheets that this is UTF-8.
  return `\uFEFF${blocks.join('\r\n')}\r\n${csvLine([`${taken.by}, ${new Date(taken.at).toISOString()}`])}`;
}

function plain(cell: Cell): string | number | null {
  if (cell === null || typeof cell !== 'object') return cell;
  return cell.rate === null ? null : Math.round(cell.rate * 1e6) / 1e6;
}

export async function sheetsToXlsx(sheets: readonly Sheet[], taken: Taken): Promise<Buffer> {
  // Only when somebody asks for a file: the library takes long to load.
  const { default: ExcelJS } = await import('exceljs');
  const book = new ExcelJS.Workbook();
  book.creator = taken.by;
  book.created = new Date(taken.at);
  for (const { title, rows } of sheets) {
    const sheet = book.addWorksheet(title.slice(0, 31));
    for (const row of rows) sheet.addRow(row.map(plain));
    for (const [r, row] of rows.entries()) {
      for (const [c, cell] of row.entries()) {
        if (typeof cell === 'object' && cell !== null) sheet.getCell(r + 1, c + 1).numFmt = '0.0%';
      }
    }
    sheet.columns.forEach((column, index) => {
      column.width = index === 0 ? 44 : 18;
    });
  }
  const bytes = await book.xlsx.writeBuffer();
  return Buffer.from(bytes);
}
