import { deliveries } from '../i18n/deliveries/index.ts';
import { useTexts } from '../i18n/locale.tsx';
import { deliveryFault } from './delivery-fault.ts';

/** Why a message did not arrive, in words; what the computer said itself lies behind them, for whoever mends it. */
export function LastError({ raw }: { raw: string | null }) {
  const t = useTexts(deliveries);
  if (raw === null) return null;
  const fault = deliveryFault(raw);
  if ('status' in fault) return <span>{t[fault.code](fault.status)}</span>;
  return (
    <details className="last-error">
      <summary>{t[fault.code]}</summary>
      <span className="muted small">
        {t.raw}: <code>{raw}</code>
      </span>
    </details>
  );
}
