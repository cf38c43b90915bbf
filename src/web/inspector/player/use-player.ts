/**
 * A recording with both sides as waveforms. Levels come from the server, so the picture is there before the sound;
 * where it has none, wavesurfer decodes the sound itself. Time heard is counted while it plays.
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import type WaveSurferPlayer from 'wavesurfer.js';
import WaveSurfer from 'wavesurfer.js';
import Regions, { type Region } from 'wavesurfer.js/plugins/regions';
import { usePalette } from '../../theme/appearance.tsx';
import type { Palette } from '../../theme/palette.ts';
import type { Sound } from './sound.ts';
import { afterSilence, type Stretch, silences } from './silence.ts';

export const speeds: readonly number[] = [0.75, 1, 1.25, 1.5, 1.75, 2, 2.5];
const loopSeconds = 8;

export type PlayerState = {
  phase: 'loading' | 'ready' | 'failed';
  playing: boolean;
  at: number;
  duration: number;
  heard: number;
  speed: number;
  skipSilence: boolean;
  loop: Stretch | null;
};

const begin: PlayerState = {
  phase: 'loading',
  playing: false,
  at: 0,
  duration: 0,
  heard: 0,
  speed: 1,
  skipSilence: false,
  loop: null,
};

/** Where a fault was heard; `warn`: where a machine found something. */
export type Mark = { id: string; second: number; tone?: 'warn' };

type Marker = ReturnType<typeof Regions.create>;

const coloursOf = (palette: Palette) => ({
  splitChannels: [
    { waveColor: palette.info, progressColor: palette.accent },
    { waveColor: palette.warn, progressColor: palette.accent },
  ],
  cursorColor: palette.text,
});

export function usePlayer(sound: Sound | undefined, marks: readonly Mark[]) {
  const box = useRef<HTMLDivElement>(null);
  const wave = useRef<WaveSurferPlayer | null>(null);
  const regions = useRef<Marker | null>(null);
  const quiet = useRef<Stretch[]>([]);
  const latest = useRef(begin);
  const [state, setState] = useState(begin);
  const [drawnOn, drawOn] = useState<Marker | null>(null);
  const palette = usePalette();
  const colours = useRef(coloursOf(palette));
  const change = useCallback((part: Partial<PlayerState>) => {
    latest.current = { ...latest.current, ...part };
    setState(latest.current);
  }, []);

  useEffect(() => {
    if (!box.current || !sound) return;
    const { speed, skipSilence } = latest.current;
    change({ ...begin, speed, skipSilence });
    const marker = Regions.create();
    const player = WaveSurfer.create({
      container: box.current,
      height: 64,
      ...colours.current,
      cursorWidth: 2,
      normalize: true,
      audioRate: speed,
      plugins: [marker],
    });
    wave.current = player;
    regions.current = marker;
    let before = 0;
    player.on('ready', (duration) => {
      quiet.current = silences(sound.peaks ?? player.exportPeaks({ channels: 2, maxLength: 4000 }), duration);
      change({ phase: 'ready', duration });
      drawOn(marker);
    });
    player.on('error', () => change({ phase: 'failed' }));
    player.on('play', () => change({ playing: true }));
    player.on('pause', () => change({ playing: false }));
    player.on('seeking', (at) => {
      before = at;
      change({ at });
    });
    player.on('timeupdate', (at) => {
      const step = at - before;
      before = at;
      const known = latest.current;
      change({ at, heard: known.playing && step > 0 && step < 2 ? known.heard + step : known.heard });
      const next =
        known.loop && at >= known.loop.to
          ? known.loop.from
          : known.skipSilence && known.playing
            ? afterSilence(quiet.current, at)
            : null;
      if (next !== null) player.setTime(next);
    });
    player
      .load(sound.url, sound.peaks ?? undefined, sound.durationSeconds ?? undefined)
      .catch(() => change({ phase: 'failed' }));
    // The waveform's own look at its width waits for a tenth of a second, in which it stands there too narrow or cut off.
    const width = new ResizeObserver(() => player.setOptions({}));
    width.observe(box.current);
    return () => {
      width.disconnect();
      wave.current = null;
      regions.current = null;
      player.destroy();
    };
  }, [sound, change]);

  // Other colours are put on the recording as it plays: what was heard of it stays heard.
  useEffect(() => {
    colours.current = coloursOf(palette);
    wave.current?.setOptions(colours.current);
  }, [palette]);

  const { loop } = state;
  useEffect(() => {
    // A waveform drawn anew (another recording) knows no length until it is ready: a mark put on it earlier would stand at its beginning.
    if (!drawnOn || drawnOn !== regions.current) return;
    const marker = drawnOn;
    const drawn: Region[] = marks.map(({ id, second, tone }) =>
      marker.addRegion({ id, start: second, color: palette[tone ?? 'bad'], drag: false, resize: false }),
    );
    if (loop)
      drawn.push(
        marker.addRegion({ start: loop.from, end: loop.to, color: `${palette.accent}33`, drag: false, resize: false }),
      );
    return () => {
      for (const region of drawn) region.remove();
    };
  }, [marks, loop, drawnOn, palette]);

  const seek = (at: number) => wave.current?.setTime(Math.max(0, Math.min(latest.current.duration, at)));
  const setSpeed = (speed: number) => {
    wave.current?.setPlaybackRate(speed, true);
    change({ speed });
  };
  return {
    box,
    state,
    /** The playhead now, finer than the last drawing. */
    now: () => wave.current?.getCurrentTime() ?? 0,
    toggle: () => void wave.current?.playPause().catch(() => change({ phase: 'failed' })),
    seek,
    move: (seconds: number) => seek((wave.current?.getCurrentTime() ?? 0) + seconds),
    setSpeed,
    faster: (by: 1 | -1) => {
      const index = speeds.indexOf(latest.current.speed);
      const next = speeds[Math.max(0, Math.min(speeds.length - 1, index + by))];
      if (next !== undefined) setSpeed(next);
    },
    toggleSilence: () => change({ skipSilence: !latest.current.skipSilence }),
    toggleLoop: () => {
      const at = wave.current?.getCurrentTime() ?? 0;
      change({ loop: latest.current.loop ? null : { from: Math.max(0, at - loopSeconds), to: Math.max(at, 1) } });
    },
  };
}

export type Player = ReturnType<typeof usePlayer>;
