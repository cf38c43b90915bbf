import type { Logger } from '../ports.ts';

/** Work that nobody waits for: its faults are logged, and `idle` ends when all of it has. */
export type Background = { run(what: string, work: () => Promise<unknown>): void; idle(): Promise<void> };

export function createBackground(logger: Logger): Background {
  const running = new Set<Promise<unknown>>();
  return {
    run(what, work) {
      const task: Promise<unknown> = work()
        .catch((error: unknown) =>
          logger.error(
            { what, error: error instanceof Error ? error.message : String(error) },
            'background work failed',
          ),
        )
        .finally(() => running.delete(task));
      running.add(task);
    },
    async idle() {
      while (running.size > 0) await Promise.allSettled([...running]);
    },
  };
}
