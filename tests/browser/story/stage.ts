/**
 * The whole product as it is delivered: its server with the built pages, jobs and database, and the sandbox carrier at the
 * other end of the Twilio adapter. Nights pass by stopping it and opening it again at a later moment of its own clock, which is at
 * the same time a restart in the middle of the work.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Sandbox, speedClock, startSandbox } from '../../../dialer/adapters/telephony/sandbox/index.ts';
import type { CallFate, PhoneNetwork } from '../../../dialer/simulation/call-plan.ts';
import { openProduct, type Product } from '../../../src/compose.ts';
import { readConfig } from '../../../src/config.ts';
import { createLogger } from '../../../src/platform/logger.ts';
import { packageRoot } from '../../../src/platform/package-root.ts';
import { type DemoHouse, makeHouse } from '../../../src/seed/organisation.ts';
import { demoPassword } from '../../../src/seed/people.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { eventually } from '../../support/eventually.ts';

const account = 'AC00000000000000000000000000000006';
const token = 'the-token-of-the-story';

/** Whoever is called answers after a moment, is patient, and talks until the agent hangs up. */
const person: CallFate = {
  kind: 'person',
  ringMs: 400,
  detection: { verdict: 'human', afterMs: 200 },
  person: { patienceMs: 60_000, talkMs: 3_600_000, accepts: true },
};
const network: PhoneNetwork = { plan: () => ({ setupMs: 100, fate: person }) };

export type Stage = {
  house: DemoHouse;
  product(): Product;
  url(): string;
  /** Stops everything and opens it again at this moment of the product's clock. */
  goTo(at: number): Promise<void>;
  /** Every call over, every recording stored, every fact handed over. */
  settled(): Promise<void>;
  /** Who a person of the house is, for signing in. */
  account(username: string): { username: string; password: string };
  close(): Promise<void>;
};

export async function openStage(at: number): Promise<Stage> {
  if (!existsSync(join(packageRoot(), 'dist', 'web', 'index.html')))
    throw new Error('The pages are not built: node src/setup/prepare.mjs --tests');
  const test: TestDatabase = await createTestDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'fairline-story-'));
  let sandbox: Sandbox | null = null;
  let product: Product | null = null;

  const open = async (moment: number): Promise<Product> => {
    // The same port again: recordings that are not fetched yet are named by it.
    const port = sandbox === null ? 0 : Number(new URL(sandbox.url).port);
    sandbox = await startSandbox({
      accountSid: account,
      authToken: token,
      clock: speedClock({ baseEpochMs: moment }),
      network,
      cps: 30,
      port,
    });
    const config = readConfig({
      PORT: '0',
      DATA_DIR: dataDir,
      DATABASE_URL: test.url,
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'error',
      BASE_EPOCH: String(moment),
      TWILIO_ACCOUNT_SID: account,
      TWILIO_AUTH_TOKEN: token,
      TWILIO_BASE_URL: sandbox.url,
    });
    product = await openProduct(config, { demo: false, logger: createLogger({ level: config.logLevel }) });
    return product;
  };
  const shut = async (): Promise<void> => {
    await product?.stop();
    await sandbox?.close();
  };
  const running = (): Product => {
    if (product === null) throw new Error('the product is not open');
    return product;
  };

  await open(at);
  const house = await makeHouse(test.database, at);
  return {
    house,
    product: running,
    url() {
      const { web } = running();
      if (web === null) throw new Error('the product has no web role');
      return web.url;
    },
    async goTo(moment) {
      await shut();
      await open(moment);
    },
    async settled() {
      await eventually(
        'calls are over, recordings stored and facts handed over',
        async () => {
          const { rows } = await test.database.pool.query<{ open: number }>(
            `select ((select count(*) from attempt where live)
                   + (select count(*) from recording where state in ('expected', 'announced'))
                   + (select count(*) from handoff where delivered_at is null))::int as open`,
          );
          return rows[0]?.open === 0;
        },
        60_000,
      );
    },
    account: (username) => ({ username, password: demoPassword }),
    async close() {
      await shut();
      await test.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
