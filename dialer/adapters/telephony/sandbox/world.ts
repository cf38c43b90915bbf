import type { PhoneNetwork } from '../../../simulation/call-plan.ts';
import type { CallRegistry } from './calls/registry.ts';
import type { Clock } from './clock.ts';
import type { Faults } from './faults/faults.ts';
import type { ApplicationRegistry } from './numbers/applications.ts';
import type { NumberBook } from './numbers/number-book.ts';
import type { ConferenceRegistry } from './rooms/conference.ts';
import type { NotificationLog } from './calls/notifications.ts';
import type { QueueRegistry } from './rooms/queue.ts';
import type { RecordingRegistry } from './recordings/recording.ts';
import type { MessageRegistry } from './messages/message.ts';
import type { DialGate } from './calls/dial-gate.ts';
import type { Identity } from './options.ts';
import type { WebhookSender } from './webhooks/sender.ts';

/** Everything the parts of the sandbox share. Built once by `startSandbox`. */
export type World = {
  readonly identity: Identity;
  readonly clock: Clock;
  readonly chance: () => number;
  readonly seed: number;
  readonly faults: Faults;
  readonly network: PhoneNetwork;
  readonly numbers: NumberBook;
  readonly applications: ApplicationRegistry;
  readonly gate: DialGate;
  readonly calls: CallRegistry;
  readonly conferences: ConferenceRegistry;
  readonly queues: QueueRegistry;
  readonly recordings: RecordingRegistry;
  readonly messages: MessageRegistry;
  readonly notifications: NotificationLog;
  readonly webhooks: WebhookSender;
  readonly log: (event: string, fields: Readonly<Record<string, unknown>>) => void;
  /** `http://host:port`, known once the server listens. */
  baseUrl: string;
};

/** The moment that goes into dates and timestamps: the clock, with the fault of a skewed one. */
export function stampNow(world: World): number {
  return world.clock.now() + (world.faults.hit('clock-skew')?.ms ?? 0);
}
