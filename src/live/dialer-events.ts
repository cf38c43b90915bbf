/** The dialler's announcements on the bus: `dialer/<type>`. Receivers re-read what they need. */
import { z } from 'zod';
import type { DialerEvent } from '../../dialer/index.ts';
import type { EventBus } from '../platform/event-bus.ts';

const id = z.string();
const dialerEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('agent-changed'), userId: id, campaignId: id.nullable(), version: z.number() }),
  z.object({ type: z.literal('attempt-changed'), attemptId: id, campaignId: id, state: z.string() }),
  z.object({ type: z.literal('campaign-changed'), campaignId: id }),
  z.object({ type: z.literal('contacts-changed'), campaignId: id }),
  z.object({ type: z.literal('decision-made'), campaignId: id, decisionId: id }),
  z.object({ type: z.literal('recording-changed'), recordingId: id, state: z.string() }),
]);

/** Messages of other versions of the program that we cannot read are passed over. */
export function onDialerEvent(
  bus: Pick<EventBus, 'subscribe'>,
  type: DialerEvent['type'] | '#',
  listener: (event: DialerEvent) => void,
): () => void {
  return bus.subscribe(`dialer/${type}`, (message) => {
    const { data } = dialerEvent.safeParse(message);
    if (data !== undefined) listener(data);
  });
}
