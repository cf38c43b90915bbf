/** A number that is already written out, with its noun: 1 day, 2 days. English alone needs it. */
export const counted = (count: string, one: string, many = `${one}s`): string =>
  `${count} ${count === '1' ? one : many}`;
