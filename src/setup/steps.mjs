// What prepare.mjs needs around its steps: progress lines, child processes, and one preparation at a time.
import { spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A failure that is explained by its sentence alone. */
export class Failure extends Error {}

/** Runs one step between two short lines; on stderr, so that a command's own output stays clean. */
export async function step(name, work) {
  const start = performance.now();
  console.error(`fairline: ${name} …`);
  await work();
  console.error(`fairline: ${name}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
}

/** Runs a command to its end; shows what it said only when it failed. */
export function run(command, cwd, sentence) {
  return new Promise((resolve, reject) => {
    // NODE_ENV=production would make npm leave out the compiler, and React's build differ from step to step.
    const { NODE_ENV: _, ...env } = process.env;
    const child = spawn(command[0], command.slice(1), { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(chunk));
    child.once('error', (error) => reject(new Failure(`${sentence}: ${error.message}`)));
    child.once('close', (code, signal) => {
      if (code === 0) resolve();
      else
        reject(
          new Failure(
            `${Buffer.concat(said)}\n${sentence} (${command.slice(0, 3).join(' ')}: ${signal ?? `status ${code}`}).`,
          ),
        );
    });
  });
}

/** Lets one process at a time do `work`; the others wait. A lock left by a dead process does not count. */
export async function onlyOne(lock, work) {
  let told = false;
  while (!take(lock)) {
    const owner = Number(read(lock));
    if (owner > 0 && !alive(owner)) {
      rmSync(lock, { force: true });
      continue;
    }
    if (!told) console.error('fairline: waiting for another preparation of this checkout …');
    told = true;
    await sleep(200);
  }
  try {
    await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function take(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
