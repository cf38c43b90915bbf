// Builds the web pages into dist/web and notes which files of this repository went into them, so that prepare.mjs knows when to build again.
import { writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const modules = new Set();

const noteModules = {
  name: 'note-modules',
  buildEnd() {
    for (const id of this.getModuleIds()) {
      const path = relative(root, id.split('?')[0] ?? id);
      if (!/^\.\.|node_modules|\0/.test(path)) modules.add(path);
    }
  },
};

await build({
  configFile: join(root, 'src', 'web', 'vite.config.ts'),
  logLevel: 'warn',
  plugins: [noteModules],
  build: { outDir: join(root, 'dist', 'web'), emptyOutDir: true },
});
writeFileSync(join(root, 'dist', '.stamps', 'web-modules.json'), JSON.stringify([...modules].sort()));
