/**
 * Works on each, one after the other; what fails keeps nothing else from being done.
 * @throws AggregateError at the end, with every failure and a sentence that names how many there were and the first
 */
export async function eachApart<T>(items: Iterable<T>, work: (item: T) => Promise<unknown>): Promise<void> {
  const failures: unknown[] = [];
  let tried = 0;
  for (const item of items) {
    tried += 1;
    await work(item).catch((error: unknown) => failures.push(error));
  }
  if (failures.length === 0) return;
  const [first] = failures;
  const said = first instanceof Error ? first.message : String(first);
  throw new AggregateError(failures, `${failures.length} of ${tried} failed, the first with: ${said}`);
}
