/**
 * The instants the forecast looks at: a column every two seconds up to 48 s, each read at its middle. The last one
 * also stands for all that comes later.
 */
export const COLUMNS = 24;
export const COLUMN_S = 2;

/** Middle of a column, whole seconds from now. */
export const columnTime = (column: number): number => column * COLUMN_S + 1;

/** Column in which something that happens after so many seconds falls. */
export const columnOf = (seconds: number): number => Math.min(COLUMNS - 1, Math.max(0, Math.floor(seconds / COLUMN_S)));

/** Seconds the agents' tables must reach: the last column and the longest grace. */
export const LAST_SECOND = COLUMNS * COLUMN_S;
