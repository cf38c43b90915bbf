/** Times and lengths as carriers write them. */

/** The package leaves a date that it cannot read as the text it is. */
export type Moment = Date | string | null | undefined;

export function msOf(moment: Moment): number | null {
  // Words that some carriers write and no parser reads.
  const text =
    typeof moment === 'string' ? moment.replace(/\b(Tues|Wednes|Thurs?)\b,?/, '').replace(/\bSept\b/, 'Sep') : '';
  const ms = moment instanceof Date ? moment.getTime() : Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
}

/** Whole seconds from answer to end; `0` of a call that nobody answered is no length. */
export const lengthOf = (seconds: string): number | null => (Number(seconds) > 0 ? Number(seconds) * 1000 : null);
