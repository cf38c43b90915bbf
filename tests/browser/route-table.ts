import { type RouteKey, routes } from '../../src/contract/routes.ts';

const isRouteKey = (key: string): key is RouteKey => key in routes;

const table = Object.keys(routes)
  .filter(isRouteKey)
  .map((key) => {
    const [method = '', path = ''] = key.split(' ');
    return {
      key,
      method,
      pattern: new RegExp(`^${path.replace(/:[a-zA-Z]+/g, '([^/]+)')}$`),
      exact: !path.includes(':'),
    };
  })
  // An address without parameters wins: /api/blacklist/external before /api/blacklist/:id.
  .sort((a, b) => Number(b.exact) - Number(a.exact));

/** The route of a request, the first parameter of its address, and the second where there is one. */
export function lookUp(method: string, path: string): { key: RouteKey; id: string; second: string } | null {
  for (const { key, method: wanted, pattern } of table) {
    const match = wanted === method ? pattern.exec(path) : null;
    if (match) return { key, id: match[1] ?? '', second: match[2] ?? '' };
  }
  return null;
}
