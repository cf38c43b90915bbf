/** External do-not-call lists with their adapters. They touch no call, so they need no more of the dialler than its contacts. */
import { join } from 'node:path';
import { createDialerBus } from '../../dialer/adapters/bus.ts';
import { listSource } from '../../dialer/adapters/list-source.ts';
import { externalListStore } from '../../dialer/adapters/store/external-lists.ts';
import { createExternalLists, type ExternalListCommands } from '../../dialer/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import type { EventBus } from '../platform/event-bus.ts';

export function composeExternalLists(deps: {
  database: Database;
  bus: EventBus;
  clock: Pick<Clock, 'now'>;
  country: string;
  dataDir: string;
}): ExternalListCommands {
  const bus = createDialerBus(deps.bus);
  return createExternalLists({
    store: externalListStore(deps.database),
    source: listSource(join(deps.dataDir, 'uploads')),
    clock: deps.clock,
    country: deps.country,
    publish: (event) => bus.publish(event),
  });
}
