/** The whole product with a small centre, and the sandbox carrier in the place of its own: agents sign in by browser and are phoned there. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Sandbox, speedClock, startSandbox } from '../../dialer/adapters/telephony/sandbox/index.ts';
import type { PhoneNetwork } from '../../dialer/simulation/call-plan.ts';
import type { PrismaClient } from '../../prisma/generated/client.ts';
import { openProduct, type Product } from '../../src/compose.ts';
import { apiKeyOf } from '../../src/compose/sandbox-carrier.ts';
import { readConfig } from '../../src/config.ts';
import { hashPassword } from '../../src/http/passwords.ts';
import { type Centre, openCentre } from '../contracts/dialer/centre.ts';

const carrier = { accountSid: `AC${'0123456789abcdef'.repeat(2)}`, authToken: 'a-secret-of-the-test' };
const password = 'correct horse battery';

export type RealCentre = {
  product: Product;
  centre: Centre;
  account(agent: number): { username: string; password: string };
  /** The carrier's REST API: a path below the account, and a form to be posted. */
  carrier(path: string, form?: Record<string, string>): Promise<unknown>;
  close(): Promise<void>;
};

export async function openRealCentre(
  { url, client }: { url: string; client: PrismaClient },
  of: { agents: number; contacts: number; network: PhoneNetwork; settings?: object },
): Promise<RealCentre> {
  const centre = await openCentre(client, {
    ...of,
    demo: true,
    now: Date.now() - 1_000,
    settings: {
      pacing: { mode: 'progressive' },
      calling: { windows: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' }] },
      detectBeforeAgent: false,
      limits: [],
      ...of.settings,
    },
  });
  const passwordHash = await hashPassword(password);
  for (const [index, id] of centre.agents.entries())
    await client.user.update({ where: { id }, data: { username: `ada${index}`, passwordHash } });
  const sandbox: Sandbox = await startSandbox({
    ...carrier,
    apiKeys: [apiKeyOf(carrier)],
    clock: speedClock(),
    network: of.network,
    cps: 100,
  });
  // The carrier is there already, so the product does not start one of its own.
  await client.setting.create({ data: { key: 'sandbox-carrier', value: { ...carrier, url: sandbox.url } } });
  const folder = await mkdtemp(join(tmpdir(), 'fairline-centre-'));
  const env = { DATABASE_URL: url, DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'silent' };
  const product = await openProduct(readConfig(env), { demo: false });
  return {
    product,
    centre,
    account: (agent) => ({ username: `ada${agent}`, password }),
    async carrier(path, form) {
      const credentials = Buffer.from(`${carrier.accountSid}:${carrier.authToken}`).toString('base64');
      const response = await fetch(`${sandbox.url}/2010-04-01/Accounts/${carrier.accountSid}/${path}`, {
        headers: { Authorization: `Basic ${credentials}` },
        ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
      });
      if (!response.ok) throw new Error(`the carrier answers ${response.status}`);
      return response.json();
    },
    async close() {
      await product.stop();
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
