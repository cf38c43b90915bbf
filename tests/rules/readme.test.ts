import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { settingsTable } from '../../src/config.ts';
import { packageRoot } from '../../src/platform/package-root.ts';

const read = (path: string): string => readFileSync(join(packageRoot(), path), 'utf8');

describe('README', () => {
  const readme = read('README.md');

  it('shows exactly the settings that the product reads', () => {
    expect(readme).toContain(`<!-- settings -->\n${settingsTable()}\n<!-- /settings -->`);
  });

  it('names only commands that exist', () => {
    const { scripts }: { scripts: Record<string, string> } = JSON.parse(read('package.json'));
    const named = [...readme.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name);
    expect(named.filter((name) => name !== undefined && scripts[name] === undefined)).toEqual([]);
    expect(named.length).toBeGreaterThan(5);
  });

  it('names only folders and files that exist', () => {
    const paths = [...readme.matchAll(/`((?:dialer|qa|src|tests|prisma)\/[\w./-]*)`/g)].map(([, path]) => path ?? '');
    expect(paths.length).toBeGreaterThan(10);
    for (const path of paths) expect(() => readFileSync(join(packageRoot(), path)), path).not.toThrow(/ENOENT/);
  });
});
