/**
 * Several campaigns on one carrier account: lines and calls per second are divided by weight, and what one does not want is
 * lent to the others.
 *
 * Every pacer takes hold of its part and uses no more than that; holds together never exceed what the account has. A pacer
 * changes its own hold only, so no two can promise the same line: to take back what it lent, a campaign waits until the
 * borrower has let go of it, which it does as its calls end.
 */

/** One campaign's part of something the account has only so much of. */
export type Claim = {
  id: string;
  /** Above 0. */
  weight: number;
  /** What it could use now. */
  wants: number;
  /** What it took hold of when it last looked. */
  holds: number;
};

/**
 * The fair parts of `total`: by weight where all want more than that; who wants less gets that, and the others share the
 * rest by weight (weighted max-min fairness). What nobody wants is divided by weight too, so that nobody must ask for each
 * single call.
 */
export function fairParts(claims: readonly Claim[], total: number): Map<string, number> {
  const parts = new Map(claims.map(({ id }) => [id, 0]));
  let left = Math.max(0, total);
  let open = claims.filter(({ weight, wants }) => weight > 0 && wants > 0);
  while (open.length > 0 && left > 0) {
    const perWeight = left / sum(open, ({ weight }) => weight);
    const content = open.filter(({ weight, wants }) => wants <= weight * perWeight);
    const served = content.length > 0 ? content : open;
    for (const { id, weight, wants } of served) {
      const part = content.length > 0 ? wants : weight * perWeight;
      parts.set(id, part);
      left -= part;
    }
    open = content.length > 0 ? open.filter((claim) => !content.includes(claim)) : [];
  }
  const weights = sum(claims, ({ weight }) => Math.max(0, weight));
  if (left > 0 && weights > 0)
    for (const { id, weight } of claims) parts.set(id, (parts.get(id) ?? 0) + (left * Math.max(0, weight)) / weights);
  return parts;
}

/**
 * What the campaign `id` holds from now on: its fair part, as far as the others have let go of it; never less than it uses.
 * @param inUse what it uses and cannot give back at once, e.g. lines with calls on them
 */
export function newHold(id: string, claims: readonly Claim[], inUse: number, total: number): number {
  const part = fairParts(claims, total).get(id) ?? 0;
  const others = sum(claims, (claim) => (claim.id === id ? 0 : claim.holds));
  return Math.max(inUse, Math.min(part, Math.max(0, total - others)));
}

function sum<T>(list: readonly T[], of: (item: T) => number): number {
  return list.reduce((all, item) => all + of(item), 0);
}
