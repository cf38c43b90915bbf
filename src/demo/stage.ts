/**
 * The product, opened at a chosen moment of its own clock. The demo stops and opens it again to let a night pass, which is
 * at the same time a restart in the middle of the work: nothing may be lost by it.
 */
import { type Product, openProduct } from '../compose.ts';
import { readConfig } from '../config.ts';
import { createLogger } from '../platform/logger.ts';
import { ApiClient } from './api-client.ts';

export type Stage = {
  product: Product;
  url: string;
  signIn(username: string): Promise<ApiClient>;
  close(): Promise<void>;
};

export type StageOptions = { dataDir: string; speed: number; at: number; password: string; seed: number };

export async function openStage({ dataDir, speed, at, password, seed }: StageOptions): Promise<Stage> {
  const config = readConfig({
    PORT: '0',
    HOST: '127.0.0.1',
    DATA_DIR: dataDir,
    SPEED: String(speed),
    BASE_EPOCH: String(Math.round(at)),
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'error',
    ...(process.env.DATABASE_URL === undefined ? {} : { DATABASE_URL: process.env.DATABASE_URL }),
    ...(process.env.REDIS_URL === undefined ? {} : { REDIS_URL: process.env.REDIS_URL }),
  });
  const product = await openProduct(config, { demo: false, seed, logger: createLogger({ level: config.logLevel }) });
  const url = product.web?.url;
  if (url === undefined) throw new Error('the demo needs the web role');
  return {
    product,
    url,
    async signIn(username) {
      const api = new ApiClient(url);
      await api.signIn(username, password);
      return api;
    },
    close: () => product.stop(),
  };
}

/** Asks again until it is so; gives up with the question's name after so many real milliseconds. */
export async function until(
  what: string | (() => string),
  isSo: () => Promise<boolean>,
  realMs = 120_000,
): Promise<void> {
  const end = Date.now() + realMs;
  while (!(await isSo())) {
    if (Date.now() > end)
      throw new Error(`waited ${realMs / 1000} s in vain: ${typeof what === 'string' ? what : what()}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
