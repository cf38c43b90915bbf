/** The whole of `npm run verify-draw`: what it says, and the exit status it ends with. */
import { QualityError, type ToldDifference, toldDifference, verifyDraw } from '../../qa/index.ts';
import { samplingStoreOf } from '../compose/sampling.ts';
import { readConfig } from '../config.ts';
import { openDatabase } from '../platform/database.ts';
import { startPostgres } from '../platform/embedded-postgres.ts';
import { PlatformError } from '../platform/errors.ts';

/** 0: recomputed, the same. 1: recomputed, and not the same. 2: nothing could be recomputed. */
export type DrawCheckStatus = 0 | 1 | 2;
export type Say = { out: (line: string) => void; fault: (line: string) => void };

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const shownDifferences = 20;

export async function checkDraw(args: readonly string[], env: NodeJS.ProcessEnv, say: Say): Promise<DrawCheckStatus> {
  const [id] = args;
  if (id === undefined || !guid.test(id)) {
    say.fault('Usage: npm run verify-draw -- <id of the draw>');
    return 2;
  }
  try {
    return await withDatabase(env, async (database) => {
      const stored = await samplingStoreOf(database).stored(id);
      if (stored === null) {
        say.fault('There is no such draw in this database.');
        return 2;
      }
      const { same, frameSize, drawnSize, differences } = verifyDraw({ ...stored, keyCommitment: stored.commitment });
      say.out(`Draw        ${id} (${stored.kind})`);
      say.out(`Frame       ${frameSize} recordings, hash ${stored.frameHash}`);
      say.out(
        stored.promise === ''
          ? 'Commitment  none was kept beforehand'
          : `Commitment  ${stored.promise}, made ${new Date(stored.committedAt).toISOString()}`,
      );
      say.out(`Key         ${stored.key}`);
      say.out(`Drawn       ${drawnSize}`);
      for (const difference of differences.slice(0, shownDifferences))
        say.out(`DIFFERENT   ${sentenceOf(toldDifference(difference))}`);
      if (differences.length > shownDifferences)
        say.out(`            … and ${differences.length - shownDifferences} more`);
      say.out(verdictOf(same, differences));
      return same ? 0 : 1;
    });
  } catch (error) {
    say.fault(error instanceof PlatformError || error instanceof QualityError ? error.message : String(error));
    return 2;
  }
}

/** The fault's name first, for whoever searches the output by program. */
function sentenceOf({ fault, recordingId, field, stored, computed }: ToldDifference): string {
  const subject = recordingId === null ? '' : ` recording ${recordingId}`;
  const what = field === null ? '' : ` ${field}`;
  const values =
    stored === '' && computed === '' ? '' : `: kept ${orNothing(stored)}, recomputed ${orNothing(computed)}`;
  return `${fault}${subject}${what}${values} (${meanings[fault]})`;
}

const orNothing = (text: string): string => (text === '' ? 'nothing' : text);

const meanings: Record<ToldDifference['fault'], string> = {
  differs: 'what is kept of this recording is not what the draw gives',
  'figure-differs': 'what lists show of the draw is not what the draw gives',
  'not-stored': 'it was drawn and is not among what is kept',
  'not-drawn': 'it is kept as drawn, and the draw does not give it',
  'stored-twice': 'it is kept as drawn more than once',
  'frame-changed': 'the frame is not the one whose hash was kept',
  'promise-not-kept': 'the key is not the one whose hash was kept beforehand',
  'key-differs-from-commitment': 'the key is not the one whose hash the draw keeps',
  'bad-key': 'what is kept as the key is no key',
  'unknown-algorithm': 'no such algorithm is known',
  'rate-out-of-range': 'a rate is not between 0 and 1',
  'bad-minimum': 'an agent’s minimum is no number of recordings',
  'agent-rate-twice': 'an agent has two rates',
  'recording-twice': 'it is in the frame twice',
  'bad-id': 'an id in the frame cannot be one',
};

/** A promise that was not kept is told apart: the recordings are what the key gives, but nobody could check that key beforehand. */
function verdictOf(same: boolean, differences: readonly { fault: string }[]): string {
  if (same) return 'The same draw: frame, key and rules give exactly what is stored.';
  return differences.every(({ fault }) => fault === 'promise-not-kept')
    ? 'NOT the promised draw: frame, key and rules give what is stored, but the key is not the one promised beforehand.'
    : 'NOT the same draw.';
}

async function withDatabase<T>(
  env: NodeJS.ProcessEnv,
  work: (database: Awaited<ReturnType<typeof openDatabase>>) => Promise<T>,
): Promise<T> {
  const config = readConfig(env);
  const postgres =
    config.databaseUrl === undefined ? await startPostgres({ dataDir: config.dataDir, durability: 'full' }) : null;
  try {
    const database = await openDatabase({ url: config.databaseUrl ?? postgres?.url ?? '', maxConnections: 2 });
    try {
      return await work(database);
    } finally {
      await database.close();
    }
  } finally {
    await postgres?.stop();
  }
}
