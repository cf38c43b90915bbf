// Prints the SQL that builds the whole Prisma schema from nothing: the raw material of hand-written migrations.
// Usage: node src/setup/schema-sql.mjs [Model ...]   (with names: only statements that mention those tables)
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { PrismaPg } from '@prisma/adapter-pg';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const folder = join(root, 'node_modules/@prisma/schema-engine-wasm');
const bg = await import(join(folder, 'schema_engine_bg.js'));
const wasm = new WebAssembly.Module(readFileSync(join(folder, 'schema_engine_bg.wasm')));
const instance = new WebAssembly.Instance(wasm, { './schema_engine_bg.js': bg });
globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message() {} };
bg.__wbg_set_wasm(instance.exports);
instance.exports.__wbindgen_start();

const schemaFolder = join(root, 'prisma/schema');
const files = readdirSync(schemaFolder)
  .filter((name) => name.endsWith('.prisma'))
  .map((name) => ({ path: join(schemaFolder, name), content: readFileSync(join(schemaFolder, name), 'utf8') }));

// The engine wants a live connection even to compare two files; nothing is read or written.
const adapter = new PrismaPg({
  connectionString: process.env.DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres',
});
const engine = await bg.SchemaEngine.new(
  { datamodels: files.map(({ path, content }) => [path, content]) },
  () => {},
  bindMigrationAwareSqlAdapterFactory(adapter),
);
const { stdout } = await engine.diff({
  from: { tag: 'empty' },
  to: { tag: 'schemaDatamodel', files },
  script: true,
  shadowDatabaseUrl: null,
  exitCode: null,
  filters: { externalTables: [], externalEnums: [] },
});
const wanted = process.argv.slice(2);
const statements = stdout
  .split(/;\n/)
  .map((text) => text.trim())
  .filter(Boolean);
for (const statement of statements) {
  if (wanted.length === 0 || wanted.some((name) => statement.includes(`"${name}"`))) console.log(`${statement};\n`);
}
