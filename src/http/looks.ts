/** Which requests for sound are a look of their own: a player asks for many ranges of one listening. */

/** So long the ranges of one listening may lie apart. */
const oneLookMs = 3_600_000;
/** Looks that are remembered, the newest; whose is forgotten is noted once more. */
const remembered = 10_000;

/**
 * A whole file and the first bytes are a look each time. Whoever asks for later bytes alone has heard the rest as well: that is a look,
 * too, unless one of the same listener (`who`) at the same sound is noted already.
 */
export function createLooks(clock: {
  now(): number;
}): (who: string, sound: string, range: string | undefined) => boolean {
  const noted = new Map<string, number>();
  return (who, sound, range) => {
    const key = `${who} ${sound}`;
    const [, from] = /^bytes=(\d+)-\d*$/.exec(range ?? '') ?? [];
    const last = noted.get(key);
    if (Number(from ?? 0) > 0 && last !== undefined && clock.now() - last < oneLookMs) return false;
    noted.delete(key);
    noted.set(key, clock.now());
    for (const oldest of noted.keys()) {
      if (noted.size <= remembered) break;
      noted.delete(oldest);
    }
    return true;
  };
}
