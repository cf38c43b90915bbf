/** A test for `Name`, `Name<` and `Name>` day filters of a list; values that cannot be read let everything through. */
export function dayFilter(query: URLSearchParams, name: string): (at: number) => boolean {
  const tests: ((at: number) => boolean)[] = [];
  for (const suffix of ['', '<', '>'] as const) {
    const text = query.get(name + suffix);
    const from = text === null ? Number.NaN : Date.parse(text);
    if (Number.isNaN(from)) continue;
    const to = from + (/^\d{4}-\d{2}-\d{2}$/.test(text ?? '') ? 86_400_000 : 1_000);
    if (suffix !== '<') tests.push((at) => at >= from);
    if (suffix !== '>') tests.push((at) => at < to);
  }
  return (at) => tests.every((test) => test(at));
}
