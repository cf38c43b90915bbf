/** Stretches in which neither side speaks, from the levels of both waveforms. */
export type Stretch = { from: number; to: number };

const quietBelow = 0.03;
const atLeastSeconds = 1.2;
/** Left at both ends, so that no syllable is cut. */
const marginSeconds = 0.2;

/** Seconds in which both channels stay under the level of quiet for long enough to be skipped. */
export function silences(channels: readonly (readonly number[])[], durationSeconds: number): Stretch[] {
  const slices = Math.max(0, ...channels.map((channel) => channel.length));
  const second = durationSeconds / Math.max(1, slices);
  const found: Stretch[] = [];
  let start: number | null = null;
  for (let slice = 0; slice <= slices; slice++) {
    const quiet = slice < slices && channels.every((channel) => Math.abs(channel[slice] ?? 0) < quietBelow);
    if (quiet && start === null) start = slice;
    if (quiet || start === null) continue;
    const stretch = { from: start * second + marginSeconds, to: slice * second - marginSeconds };
    if (stretch.to - stretch.from >= atLeastSeconds) found.push(stretch);
    start = null;
  }
  return found;
}

/** Where to go on from `at`: the end of the silence it lies in, or null. */
export function afterSilence(stretches: readonly Stretch[], at: number): number | null {
  return stretches.find(({ from, to }) => at >= from && at < to)?.to ?? null;
}
