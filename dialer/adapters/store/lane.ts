/** Runs work as it comes, but only so much of it at once; the rest waits in the order of its coming. */
export type Lane = <T>(work: () => PromiseLike<T>) => Promise<T>;

export function createLane(width: number): Lane {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    // Whoever leaves hands its place to the next one, so nobody who comes later slips in between.
    if (running >= width) await new Promise<void>((go) => waiting.push(go));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
