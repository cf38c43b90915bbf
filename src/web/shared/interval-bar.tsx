import type { Rate } from '../../contract/common.ts';
import { common } from '../i18n/common/index.ts';
import { useFormat, useTexts } from '../i18n/locale.tsx';

/** An estimate as point and 95 % interval on a scale of 0–100 %, with its figures in words beside it. */
export function IntervalBar({ rate, label, compact }: { rate: Rate; label?: string; compact?: boolean }) {
  const c = useTexts(common);
  const format = useFormat();
  const at = (share: number) => `${Math.min(100, Math.max(0, share * 100))}%`;
  const { value, low, high } = rate;
  const interval = low === null || high === null ? '' : `${format.percent(low)} – ${format.percent(high)}`;
  return (
    <div className={compact ? 'interval compact' : 'interval'}>
      {label ? <span className="figure-label">{label}</span> : null}
      <span className={compact ? 'strong' : 'figure-value'}>{format.percent(value)}</span>
      <div className="interval-track" aria-hidden="true">
        {low === null || high === null ? null : (
          <span className="interval-range" style={{ left: at(low), width: at(high - low) }} />
        )}
        {value === null ? null : <span className="interval-point" style={{ left: at(value) }} />}
      </div>
      <span className="figure-note">
        {interval === '' ? '' : compact ? `${interval} · ` : `${c.interval95} ${interval} · `}n{'\u00a0'}={'\u00a0'}
        {format.number(rate.n)}
      </span>
    </div>
  );
}
