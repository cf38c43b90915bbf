import { z } from 'zod';
import type { EventBus } from '../ports/messages.ts';

/** What the house's bus must offer: topics with patterns, at most once. */
export type TopicBus = {
  publish(topic: string, message: unknown): void;
  subscribe(pattern: string, listener: (message: unknown) => void): () => void;
};

const campaignId = z.string();
const dialerEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('agent-changed'),
    userId: z.string(),
    campaignId: campaignId.nullable(),
    version: z.number(),
  }),
  z.object({ type: z.literal('attempt-changed'), attemptId: z.string(), campaignId, state: z.string() }),
  z.object({ type: z.literal('campaign-changed'), campaignId }),
  z.object({ type: z.literal('contacts-changed'), campaignId }),
  z.object({ type: z.literal('decision-made'), campaignId, decisionId: z.string() }),
  z.object({ type: z.literal('recording-changed'), recordingId: z.string(), state: z.string() }),
]);

/** The topic under which the dialler's events travel: `dialer/<type>`. */
export const DIALER_TOPICS = 'dialer/+';

/** The dialler's events on the house's bus. A message of another version that does not fit is passed over. */
export function createDialerBus(bus: TopicBus): EventBus {
  return {
    publish: (event) => bus.publish(`dialer/${event.type}`, event),
    subscribe: (listener) =>
      bus.subscribe(DIALER_TOPICS, (message) => {
        const parsed = dialerEvent.safeParse(message);
        if (parsed.success) listener(parsed.data);
      }),
  };
}
