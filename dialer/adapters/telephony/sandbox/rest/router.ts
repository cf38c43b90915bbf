import type { Route } from './http.ts';

type Entry = { route: Route; segments: readonly string[] };

/** Finds a route by method and path. `:name` stands for one segment without its `.json` ending; paths are case-sensitive. */
export class Router {
  readonly #byLength = new Map<number, Entry[]>();

  constructor(routes: readonly Route[]) {
    for (const route of routes) {
      const segments = route.pattern.split('/');
      const entries = this.#byLength.get(segments.length) ?? [];
      entries.push({ route, segments });
      this.#byLength.set(segments.length, entries);
    }
  }

  /** The route with its values, `known` where the path exists with another method, or nothing. */
  find(method: string, path: string): { route: Route; at: Record<string, string> } | 'known' | undefined {
    const segments = path.split('/');
    let known = false;
    for (const entry of this.#byLength.get(segments.length) ?? []) {
      const at = match(entry.segments, segments);
      if (at === null) continue;
      if (entry.route.method === method) return { route: entry.route, at };
      known = true;
    }
    return known ? 'known' : undefined;
  }
}

function match(pattern: readonly string[], path: readonly string[]): Record<string, string> | null {
  const at: Record<string, string> = {};
  for (const [index, wanted] of pattern.entries()) {
    const given = path[index] ?? '';
    const placeholder = /^:(\w+)(\.[a-z0-9]+)?$/.exec(wanted);
    if (!placeholder) {
      if (wanted !== given) return null;
      continue;
    }
    const ending = placeholder[2] ?? '';
    if (!given.endsWith(ending) || given.length === ending.length) return null;
    const name = placeholder[1];
    try {
      if (name !== undefined) at[name] = decodeURIComponent(given.slice(0, given.length - ending.length));
    } catch {
      return null;
    }
  }
  return at;
}
