/** `node --import tsx tests/browser/serve-fixture.ts [port]`: the built pages with example data, to look at by hand. */
import { fileURLToPath } from 'node:url';
import { startFixtureServer } from './fixture-server.ts';

const server = await startFixtureServer(
  process.env.WEB_ROOT ?? fileURLToPath(new URL('../../dist/web', import.meta.url)),
  Number(process.argv[2] ?? 4173),
);
console.log(server.url);
