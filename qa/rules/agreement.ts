/**
 * How far people who judge the same recordings agree. Several figures side by side, because each alone misleads: where nearly all pass,
 * plain agreement flatters and kappa punishes (the prevalence paradox).
 */
export interface Agreement {
  /** Pairs that both judged. With none, the figures are null; those that would divide by zero are null too. */
  readonly pairs: number;
  /** Agreed ÷ pairs. */
  readonly percent: number | null;
  /** Cohen 1960: (po − pe) ÷ (1 − pe), pe from each rater's own shares. null where both used one same category only. */
  readonly kappa: number | null;
  /** Gwet 2008, AC1: pe = Σ q(1 − q) ÷ (categories − 1), q the mean share of a category. */
  readonly ac1: number | null;
  /** Of all "fail" given by either: the share given by both, 2a ÷ (2a + b + c) (Cicchetti and Feinstein 1990). */
  readonly onFailures: number | null;
  /** Recordings that at least one failed: what onFailures rests on. */
  readonly failures: number;
  /** Krippendorff's alpha, nominal, 1 − Do ÷ De. */
  readonly alpha: number | null;
}

export interface RatedPair<Category extends string> {
  readonly first: Category;
  readonly second: Category;
}

/** Agreement of two raters over pairs of categories, one of which is the failure. `categories`: all that could have been given. */
export function agreementOf<Category extends string>(
  pairs: readonly RatedPair<Category>[],
  categories: readonly Category[],
  failure: Category,
): Agreement {
  const n = pairs.length;
  const bothFailed = pairs.filter(({ first, second }) => first === failure && second === failure).length;
  const eitherFailed = pairs.filter(({ first, second }) => first === failure || second === failure).length;
  const onFailures = eitherFailed === 0 ? null : (2 * bothFailed) / (bothFailed + eitherFailed);
  const alpha = krippendorffAlpha(pairs.map(({ first, second }) => [first, second]));
  if (n === 0) return { pairs: 0, percent: null, kappa: null, ac1: null, onFailures, failures: 0, alpha };

  const percent = pairs.filter(({ first, second }) => first === second).length / n;
  let chanceKappa = 0;
  let spread = 0;
  for (const category of categories) {
    const p1 = pairs.filter(({ first }) => first === category).length / n;
    const p2 = pairs.filter(({ second }) => second === category).length / n;
    const q = (p1 + p2) / 2;
    chanceKappa += p1 * p2;
    spread += q * (1 - q);
  }
  const chanceAc1 = categories.length < 2 ? 1 : spread / (categories.length - 1);
  return {
    pairs: n,
    percent,
    kappa: corrected(percent, chanceKappa),
    ac1: corrected(percent, chanceAc1),
    onFailures,
    failures: eitherFailed,
    alpha,
  };
}

function corrected(observed: number, byChance: number): number | null {
  return byChance >= 1 ? null : (observed - byChance) / (1 - byChance);
}

/**
 * Krippendorff's alpha for nominal categories, any number of raters, gaps allowed: one list per recording with the ratings it got.
 * Recordings with fewer than two ratings say nothing and are left out. null if nothing could disagree (no pairs, or one category only).
 * (K. Krippendorff, Content Analysis, chapter 12: coincidence matrix.)
 */
export function krippendorffAlpha(units: readonly (readonly string[])[]): number | null {
  const totals = new Map<string, number>();
  let values = 0;
  let disagreement = 0;
  for (const ratings of units) {
    const m = ratings.length;
    if (m < 2) continue;
    values += m;
    const counts = new Map<string, number>();
    for (const rating of ratings) {
      counts.set(rating, (counts.get(rating) ?? 0) + 1);
      totals.set(rating, (totals.get(rating) ?? 0) + 1);
    }
    let same = 0;
    for (const count of counts.values()) same += count * (count - 1);
    disagreement += (m * (m - 1) - same) / (m - 1);
  }
  if (values < 2) return null;
  let sameByChance = 0;
  for (const total of totals.values()) sameByChance += total * (total - 1);
  const expected = (values * (values - 1) - sameByChance) / (values - 1);
  return expected === 0 ? null : 1 - disagreement / expected;
}
