// Runs the tests and ends with one plain line, "tests: N passed, N failed, N skipped". The exit status is 0 only when something ran and
// nothing failed: a file that does not load, an error outside any test and an empty run all count as failures.
// Arguments go to Vitest: --project rules|app|carrier|browser (repeatable), names of files, -t <part of a test's name>.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'fairline-report-'));
const report = join(folder, 'report.json');

function runVitest() {
  const vitest = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--reporter=default', '--reporter=json'];
  const child = spawn(process.execPath, [...vitest, `--outputFile.json=${report}`, ...process.argv.slice(2)], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/** Counts tests, and files that gave none because they did not load. */
function count() {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const file of JSON.parse(readFileSync(report, 'utf8')).testResults) {
    if (file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed')) {
      counts.failed += 1;
      console.error(`${file.name}: did not load, or a hook failed: ${file.message}`);
    }
    for (const { status } of file.assertionResults) {
      if (status === 'passed' || status === 'failed') counts[status] += 1;
      else counts.skipped += 1;
    }
  }
  return counts;
}

const code = await runVitest();
let counts;
try {
  counts = count();
} catch {
  console.error('Vitest wrote no report.');
  counts = { passed: 0, failed: 1, skipped: 0 };
}
rmSync(folder, { recursive: true, force: true });
if (counts.passed + counts.failed === 0) {
  console.error('No test ran.');
  counts.failed = 1;
} else if (code !== 0 && counts.failed === 0) {
  console.error(`Vitest ended with status ${code} although no test failed: see the error above.`);
  counts.failed = 1;
}
console.log(`tests: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = counts.failed === 0 && code === 0 ? 0 : 1;
