/** Draws by themselves, for tools that recompute or measure them without the rest of the product. */
import { samplingStore } from '../../qa/adapters/store/draws.ts';
import type { Database } from '../platform/database.ts';

export const samplingStoreOf = (database: Database) => samplingStore(database);
