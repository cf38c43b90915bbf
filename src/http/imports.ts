import type { EventBus } from '../platform/event-bus.ts';
import type { ImportProgress } from './services.ts';

export const importTopic = 'imports/progress';
/** A message every so many lines is enough for a bar that moves. */
const everyLines = 2_000;

/** How far imports in this process are; told to the others over the bus. Lost with the process, as its imports are. */
export function importProgress(bus: Pick<EventBus, 'publish'>): ImportProgress {
  const lines = new Map<string, number>();
  return {
    set(campaignId, listId, count) {
      const told = lines.get(listId) ?? 0;
      lines.set(listId, count);
      if (Math.floor(count / everyLines) > Math.floor(told / everyLines))
        bus.publish(importTopic, { campaignId, listId, lines: count });
    },
    of: (listId) => lines.get(listId) ?? null,
    done: (listId) => void lines.delete(listId),
  };
}
