/** The product as a program: reads its settings, starts its roles, says where it is, and stops in order. */
import { type Product, openProduct } from './compose.ts';
import { demoWorld } from './compose/demo.ts';
import { ConfigError, readConfig } from './config.ts';
import { createEars } from './compose/ears.ts';
import { PlatformError } from './platform/errors.ts';
import { startBuiltInAgents } from './seed/built-in-agents.ts';
import { type FirstAccount, firstAdministrator } from './seed/first-administrator.ts';
import { demoState } from './seed/index.ts';

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const stopping = new AbortController();
  const asked = new Promise<string>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.on(signal, () => {
        // Asked twice: whoever asks does not want to wait.
        if (stopping.signal.aborted) process.exit(1);
        stopping.abort();
        resolve(signal);
      });
  });
  const product = await openProduct(config, { demo: true });
  const demo = (await demoState(product.database)) === 'done' && config.carrier.kind === 'sandbox';
  await announce(product, demo, product.web === null ? null : await firstAdministrator(product));
  const agents =
    demo && product.web !== null && config.roles.has('dialer')
      ? await startBuiltInAgents({
          url: product.web.url,
          clock: product.clock,
          world: demoWorld(),
          logger: product.logger,
          ...(product.sandbox === null ? {} : { ears: createEars(product.database, product.sandbox) }),
        })
      : null;
  const signal = await asked;
  product.logger.info({ signal }, 'stopping');
  agents?.stop();
  await product.stop();
}

async function announce(
  { web, publicUrl, services }: Product,
  demo: boolean,
  first: FirstAccount | null,
): Promise<void> {
  const lines = web === null ? ['Fairline runs.'] : [`Fairline runs at ${publicUrl}`];
  if (demo && web !== null) {
    const accounts = await services.demoAccounts();
    lines.push('', 'Demo accounts (user name / password):');
    for (const { username, password, role } of accounts) lines.push(`  ${role.padEnd(14)} ${username} / ${password}`);
  }
  if (first !== null)
    lines.push(
      '',
      'Nobody has an account yet. The first administrator (change the password after signing in: it is not shown again):',
      `  ${first.username} / ${first.password}`,
    );
  console.log(`\n${lines.join('\n')}\n`);
}

main().then(
  // Connections that a library keeps open must not keep the program alive.
  () => process.exit(0),
  (error: unknown) => {
    // What the user can mend is said in a sentence; everything else shows where it happened.
    const plain = error instanceof ConfigError || error instanceof PlatformError;
    console.error(plain ? error.message : error);
    process.exit(1);
  },
);
