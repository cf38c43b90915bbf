import { defineConfig } from 'prisma/config';

// Any existing file will do: it keeps the CLI from downloading a native engine, which `generate` does not need.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= import.meta.filename;
process.env.CHECKPOINT_DISABLE = '1';
process.env.PRISMA_HIDE_UPDATE_MESSAGE = '1';

export default defineConfig({ schema: 'prisma/schema', migrations: { path: 'prisma/migrations' } });
