/** Talks of the demonstration's past come in these lengths, one sound file each: hours of sound would fill a disk. Seconds. */
export const lengths = [6, 10, 15, 20, 25, 30, 40, 50, 60, 75, 90, 110, 135, 165, 200, 240, 290, 350, 420] as const;

export function nearestLength(ms: number): number {
  let best: number = lengths[0];
  for (const length of lengths) if (Math.abs(length * 1000 - ms) < Math.abs(best * 1000 - ms)) best = length;
  return best * 1000;
}
