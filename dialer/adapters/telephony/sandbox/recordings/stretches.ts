import type { Scene } from '../calls/call.ts';
import type { Recording, Stretch } from './recording.ts';

/**
 * Cuts what was heard during a recording into stretches of sound: the scenes of the call, without the pauses that are
 * skipped and with silence for those that are kept.
 */
export function stretchesOf(
  recording: Pick<Recording, 'startedAt' | 'pauses'>,
  heard: { scenes: readonly Scene[]; answeredAt: number },
  until: number,
): Stretch[] {
  const stretches: Stretch[] = [];
  heard.scenes.forEach((scene, index) => {
    const from = Math.max(scene.atMs, recording.startedAt);
    const to = Math.min(heard.scenes[index + 1]?.atMs ?? until, until);
    let at = from;
    for (const pause of recording.pauses) {
      const pausedFrom = Math.max(pause.from, at);
      const pausedTo = Math.min(pause.to ?? until, to);
      if (pausedTo <= pausedFrom) continue;
      push(stretches, scene, heard.answeredAt, at, pausedFrom);
      if (pause.keepSilence) stretches.push({ kind: 'silence', sceneMs: 0, callMs: 0, ms: pausedTo - pausedFrom });
      at = pausedTo;
    }
    push(stretches, scene, heard.answeredAt, at, to);
  });
  return stretches;
}

function push(stretches: Stretch[], scene: Scene, answeredAt: number, from: number, to: number): void {
  if (to <= from) return;
  stretches.push({ kind: scene.kind, sceneMs: from - scene.atMs, callMs: from - answeredAt, ms: to - from });
}
