/** Contact lists as spreadsheets (.xlsx): the first sheet, row by row, in the same records as a CSV file. */
import { createReadStream } from 'node:fs';
import ExcelJS from 'exceljs';
import type { ListRecord } from '../ports/contact-store.ts';

/** What the first bytes of a file say: a ZIP archive (.xlsx), the older binary form (.xls), or text. */
export function kindOf(head: Buffer): 'xlsx' | 'xls' | 'text' {
  if (head.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1'))) return 'xlsx';
  if (head.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]))) return 'xls';
  return 'text';
}

/**
 * Rows of the first sheet that hold anything; `line` is the row's number in the sheet. Rows shorter than the first are filled
 * with empty cells, as spreadsheets leave out what is empty at the end. A file that is no spreadsheet gives one malformed record.
 */
export async function* spreadsheetRecords(path: string): AsyncIterable<ListRecord> {
  let width = 0;
  try {
    const book = new ExcelJS.stream.xlsx.WorkbookReader(createReadStream(path), {
      worksheets: 'emit',
      sharedStrings: 'cache',
      hyperlinks: 'ignore',
      // Without its style a date would be a number of days.
      styles: 'cache',
      entries: 'emit',
    });
    for await (const sheet of book) {
      for await (const row of sheet) {
        const cells: string[] = [];
        row.eachCell({ includeEmpty: true }, (cell, column) => {
          cells[column - 1] = textOf(cell.value);
        });
        if (cells.every((cell) => cell === '')) continue;
        width = width === 0 ? cells.length : width;
        while (cells.length < width) cells.push('');
        yield { line: row.number, cells: cells.map((cell) => cell ?? '') };
      }
      return;
    }
  } catch (cause) {
    // Once contacts were read the import fails as a whole; a file that never was a spreadsheet is the sender's to mend.
    if (width > 0) throw cause;
    yield { line: 1, malformed: 'not-a-spreadsheet' };
  }
}

function textOf(value: ExcelJS.CellValue): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'object') return String(value);
  if ('richText' in value) return value.richText.map(({ text }) => text).join('');
  if ('error' in value) return value.error;
  if ('text' in value) return value.text;
  return 'result' in value ? textOf(value.result) : '';
}
