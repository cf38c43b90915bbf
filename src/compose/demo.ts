/** Makes the demonstration at the first start: the same workers as the product's, on a clock that is set to the past. */
import {
  conversationSound,
  type ForetoldShift,
  foretellShift,
  playPastShift,
  realConversations,
} from '../../dialer/adapters/phone-network/index.ts';
import type { Customers, DialerWithExtras } from '../../dialer/index.ts';
import type { Config } from '../config.ts';
import { createWorld, type World } from '../demo/world.ts';
import { createHandoffs } from '../handoffs.ts';
import { auditLog } from '../platform/audit.ts';
import type { ScaledClock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import type { EventBus } from '../platform/event-bus.ts';
import type { Logger } from '../platform/logger.ts';
import { createReports } from '../reports/index.ts';
import { demoState, isEmpty, seedDemo } from '../seed/index.ts';
import { createSounds } from '../seed/sound.ts';
import { homeCountry, recordingsFolder } from './dialer.ts';
import { composeQuality } from './quality.ts';

export type { ForetoldShift } from '../../dialer/adapters/phone-network/index.ts';

/** What the simulator foretells of such a shift, from as many shifts as take a few seconds. */
export function foretellDemo(shift: Parameters<typeof foretellShift>[0]): ForetoldShift {
  return foretellShift(shift, 10);
}

type DemoDeps = {
  config: Config;
  database: Database;
  bus: EventBus;
  dialer: DialerWithExtras;
  customers: Customers;
  clock: ScaledClock;
  logger: Logger;
  /** That of the product, which draws what the demo's last days promised. */
  secret: string;
};

const worldSeed = 1;

/** The pretended people's behaviour, as the past and the built-in agents know it. */
export function demoWorld(): World {
  return demoWorldOf(worldSeed);
}

/** Another seed makes other people of the same kind. */
export function demoWorldOf(seed: number): World {
  return createWorld(seed, realConversations());
}

/** One process at a time makes the demonstration; the letters "demo". */
const lock = 0x64656d6f;

/** Makes it where nobody has worked yet. Of several processes that start at once one makes it, and the others wait until it is there. */
export async function makeDemo(deps: DemoDeps): Promise<void> {
  if ((await demoState(deps.database)) === 'done') return;
  const session = await deps.database.pool.connect();
  try {
    await session.query('select pg_advisory_lock($1)', [lock]);
    try {
      await makeUnlessThere(deps);
    } finally {
      await session.query('select pg_advisory_unlock($1)', [lock]);
    }
  } finally {
    session.release();
  }
}

async function makeUnlessThere({
  config,
  database,
  bus,
  dialer,
  customers,
  clock,
  logger,
  secret,
}: DemoDeps): Promise<void> {
  const state = await demoState(database);
  if (state === 'done' || (state === 'none' && !(await isEmpty(database)))) return;
  // Whoever starts the product for the first time waits a minute for this, and would think that it hangs.
  logger.info('the demonstration is being made, once; this takes about a minute');
  const now = clock.now();
  let at = now;
  const past = {
    ...clock,
    now: () => at,
    set: (to: number) => {
      at = to;
    },
  };
  const quality = composeQuality({ database, bus, clock: past, country: homeCountry(config), secret });
  await seedDemo({
    database,
    dialer,
    customers,
    clock: past,
    quality,
    handoffs: createHandoffs({
      database,
      dialer,
      quality,
      audit: auditLog(database),
      clock: past,
      onError: (error, about) => logger.warn({ err: error, ...about }, 'a handoff of the demo was not delivered'),
    }),
    reports: createReports({ database, quality, clock: past }),
    playPastShift,
    world: demoWorld(),
    sounds: createSounds(recordingsFolder(config), conversationSound),
    now,
    log: (sentence, facts) => logger.info(facts, sentence),
  });
}
