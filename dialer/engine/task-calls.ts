import type { TaskCalls } from '../dialer.ts';
import { DialerError } from '../errors.ts';
import type { Clock, EventBus, TaskContacts } from '../ports.ts';

/** Calls that quality asks for go through the same dialling as all others, with an agent reserved. */
export function createTaskCalls(parts: { contacts: TaskContacts; clock: Clock; bus: EventBus }): TaskCalls {
  const { contacts, clock, bus } = parts;
  return {
    async request(task) {
      const made = await contacts.create({ ...task, now: clock.now() });
      if (made === null) throw new DialerError('attempt-unknown', 'There is no such call.');
      bus.publish({ type: 'contacts-changed', campaignId: made.campaignId });
      return { contactId: made.contactId };
    },
    async withdraw(origin) {
      const gone = await contacts.withdraw(origin, clock.now());
      if (gone !== null) bus.publish({ type: 'contacts-changed', campaignId: gone.campaignId });
    },
  };
}
