import type { PhoneNetwork } from '../../../simulation/call-plan.ts';
import type { Clock } from './clock.ts';
import type { Fault, FaultName } from './faults/faults.ts';
import type { NumbersFile } from './numbers/numbers-file.ts';

/** Who the account is and who may speak for it. */
export type Identity = {
  accountSid: string;
  /** Signs every webhook and opens the REST API. */
  authToken: string;
  /** API keys open the REST API and sign access tokens; they never sign webhooks. */
  apiKeys: readonly { sid: string; secret: string }[];
};

/** How a sandbox is started. Everything but account, token and phone network has a default. */
export type SandboxOptions = {
  accountSid: string;
  authToken: string;
  apiKeys?: readonly { sid: string; secret: string }[] | undefined;
  network: PhoneNetwork;
  clock: Clock;
  /** 0 (the default) takes a free port. */
  port?: number | undefined;
  /** Default 127.0.0.1. */
  host?: string | undefined;
  /** Owned and verified numbers, fixed behaviour, scripted replies. Default: every number reserved for fiction is owned. */
  numbers?: NumbersFile | undefined;
  /** Calls started per second (default 1, as a new account has); more are queued. */
  cps?: number | undefined;
  /** Calls that may exist at once before 10004 (default: no limit). */
  concurrentCalls?: number | undefined;
  /** REST requests in flight before 20429 (default 100). */
  concurrentRequests?: number | undefined;
  faults?: readonly (readonly [FaultName, Fault])[] | undefined;
  /** Seed of faults and scripted replies (default 1). */
  seed?: number | undefined;
  /** Finished calls and recordings that are remembered (default 10 000 each); older ones are forgotten, memory stays flat. */
  keepFinished?: number | undefined;
  log?: ((event: string, fields: Readonly<Record<string, unknown>>) => void) | undefined;
};
