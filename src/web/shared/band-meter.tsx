import { useFormat, useTexts } from '../i18n/locale.tsx';
import { words } from '../i18n/words/index.ts';
import { Badge, type Tone } from './page.tsx';

export type Band = { min: number; max: number } | null;

/** Where a utilization stands to its band, in a word. */
export function bandState(
  value: number | null,
  band: Band,
): { tone: Tone; word: 'belowBand' | 'inBand' | 'aboveBand' } | null {
  if (value === null || band === null) return null;
  if (value < band.min) return { tone: 'info', word: 'belowBand' };
  if (value > band.max) return { tone: 'bad', word: 'aboveBand' };
  return { tone: 'ok', word: 'inBand' };
}

/** A utilization on a scale of 0–100 % with its band drawn, and the same in words. */
export function BandMeter(props: { value: number | null; band: Band; label: string; terms?: string }) {
  const { value, band, label, terms } = props;
  const w = useTexts(words).figures;
  const format = useFormat();
  const state = bandState(value, band);
  const at = (share: number) => `${Math.min(100, Math.max(0, share * 100))}%`;
  return (
    <div className="band-meter">
      <span className="figure-label">
        {label}
        {terms ? <span className="figure-note"> · {terms}</span> : null}
      </span>
      <span className="row">
        <span className="figure-value">{format.percent(value)}</span>
        {state ? <Badge tone={state.tone}>{w[state.word]}</Badge> : null}
      </span>
      <div className="band-track" aria-hidden="true">
        {band ? <span className="band-zone" style={{ left: at(band.min), width: at(band.max - band.min) }} /> : null}
        {value === null ? null : <span className="band-fill" style={{ width: at(value) }} />}
        {value === null ? null : <span className="band-needle" style={{ left: at(value) }} />}
      </div>
      <span className="figure-note">
        {band ? w.band(format.percent(band.min, 0), format.percent(band.max, 0)) : w.noBand}
      </span>
    </div>
  );
}
