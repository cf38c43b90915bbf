/**
 * `npm run verify-draw -- <id>`: recomputes a draw from its stored frame and key, for whoever would rather not believe us.
 * Reads the database of DATABASE_URL, or the embedded one in DATA_DIR (also while the product runs). Exit status: see draw-check.ts.
 */
import { checkDraw } from './draw-check.ts';

process.exitCode = await checkDraw(process.argv.slice(2), process.env, {
  out: (line) => console.log(line),
  fault: (line) => console.error(line),
});
