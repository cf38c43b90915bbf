/** How the phone of this page stands, in the top bar: one badge, and behind it microphone, meters and loudspeaker. */
import './softphone.css';
import { Button } from 'antd';
import type { KeyboardEvent } from 'react';
import { useTexts } from '../../i18n/locale.tsx';
import { softphone } from '../../i18n/softphone/index.ts';
import type { Tone } from '../../shared/page.tsx';
import type { Line } from './phone.ts';
import { type BrowserPhone, useSoftphone } from './use-softphone.ts';

const tones: Record<Line, Tone> = {
  idle: 'plain',
  connecting: 'warn',
  ready: 'ok',
  'in-call': 'ok',
  lost: 'bad',
  refused: 'bad',
};

function Meter({ label, value, testId }: { label: string; value: number; testId: string }) {
  return (
    <label className="softphone-meter">
      <span>{label}</span>
      <meter min={0} max={1} value={value} data-testid={testId} />
    </label>
  );
}

function Details({ phone }: { phone: BrowserPhone }) {
  const t = useTexts(softphone);
  const { permission, levels, outputs } = phone;
  return (
    <div className="softphone-details">
      <p className={permission === 'granted' || permission === 'unknown' ? 'muted small' : 'note tone-warn'}>
        {t.microphone[permission]}
      </p>
      {permission === 'granted' ? null : (
        <Button onClick={phone.checkMicrophone} data-testid="check-microphone">
          {t.checkMicrophone}
        </Button>
      )}
      <Meter label={t.heard} value={levels.heard} testId="heard-level" />
      <Meter label={t.spoken} value={levels.spoken} testId="spoken-level" />
      {outputs.length === 0 ? null : (
        <label className="softphone-output">
          <span>{t.output}</span>
          <select onChange={(event) => phone.playOn(event.target.value)} data-testid="output-device">
            {outputs.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </select>
        </label>
      )}
      {phone.kind === 'sandbox' ? <p className="muted small">{t.sandbox}</p> : null}
    </div>
  );
}

/** Escape folds the panel up, as it closes everything that lies over the page; whoever opened it has the focus again. */
function foldUp(event: KeyboardEvent<HTMLDetailsElement>): void {
  const panel = event.currentTarget;
  if (event.key !== 'Escape' || !panel.open) return;
  event.stopPropagation();
  panel.open = false;
  panel.querySelector('summary')?.focus();
}

/** Mounted for as long as this window is the one the agent works in: the phone lives and ends with it. */
export default function SoftphonePanel() {
  const t = useTexts(softphone);
  const phone = useSoftphone();
  const { kind, state } = phone;
  if (kind === 'elsewhere' || kind === 'none') {
    return (
      <span className="badge tone-plain" data-testid="softphone" data-kind={kind}>
        {kind === 'elsewhere' ? t.elsewhere : t.none}
      </span>
    );
  }
  const text = state.muffled && state.line === 'in-call' ? t.muffled : t.line[state.line];
  const tone = state.muffled && state.line === 'in-call' ? 'warn' : tones[state.line];
  return (
    <details className="softphone" data-testid="softphone" data-kind={kind} data-line={state.line} onKeyDown={foldUp}>
      <summary>
        <span className={`badge tone-${tone}`}>
          <span className="visually-hidden">{t.title}: </span>
          {text}
        </span>
      </summary>
      <Details phone={phone} />
    </details>
  );
}
