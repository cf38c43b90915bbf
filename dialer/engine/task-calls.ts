import type { TaskCalls } from '../dialer.ts';
import { DialerError } from '../errors.ts';
import type { Clock, EventBus, TaskContacts } from '../ports.ts';

/** Deadlines are ends of days: so long before them there are calling hours left in which somebody else can call. */
const ANYBODYS_MS = 9 * 3_600_000;
const BATCH = 500;

/** Calls that quality asks for go through the same dialling as all others, with an agent reserved. */
export function createTaskCalls(parts: {
  contacts: TaskContacts;
  clock: Clock;
  bus: EventBus;
}): TaskCalls & { sweep(): Promise<void> } {
  const { contacts, clock, bus } = parts;
  return {
    async request(task) {
      const made = await contacts.create({ ...task, now: clock.now() });
      if (made === null) throw new DialerError('attempt-unknown', 'There is no such call.');
      bus.publish({ type: 'contacts-changed', campaignId: made.campaignId });
      return { contactId: made.contactId };
    },
    /** What nobody has called in time is told to quality; what its own agent does not come to is anybody's. */
    async sweep() {
      const now = clock.now();
      const touched = [
        ...(await contacts.endOverdue(now, BATCH)),
        ...(await contacts.freeFromAgents(now + ANYBODYS_MS)),
      ];
      for (const campaignId of new Set(touched)) bus.publish({ type: 'contacts-changed', campaignId });
    },
    async withdraw(origin) {
      const gone = await contacts.withdraw(origin, clock.now());
      if (gone !== null) bus.publish({ type: 'contacts-changed', campaignId: gone.campaignId });
    },
  };
}
