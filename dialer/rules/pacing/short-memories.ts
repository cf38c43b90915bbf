/**
 * Takes over what short memories beside a long one knew. Returns how much each of them, the long one first, was believed; undefined, and
 * nothing is taken over, where there were none yet or what is stored is not sound.
 */
export function loadLately(stored: unknown, lately: readonly { load(stored: unknown): void }[]): number[] | undefined {
  if (typeof stored !== 'object' || stored === null || !('lately' in stored) || !('belief' in stored)) return undefined;
  if (!Array.isArray(stored.lately) || !Array.isArray(stored.belief)) return undefined;
  const memories: unknown[] = stored.lately;
  const weights: unknown[] = stored.belief;
  const sound = weights.filter((weight): weight is number => typeof weight === 'number' && weight >= 0 && weight <= 1);
  const sum = sound.reduce((a, b) => a + b, 0);
  if (weights.length !== lately.length + 1 || sound.length !== weights.length || !(sum > 0)) return undefined;
  for (const [i, memory] of lately.entries()) memory.load(memories[i]);
  return sound.map((weight) => weight / sum);
}
