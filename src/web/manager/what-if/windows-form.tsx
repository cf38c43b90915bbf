import { Button, InputNumber } from 'antd';
import { mostWindows } from '../../../contract/what-if-limit.ts';
import { useTexts } from '../../i18n/locale.tsx';
import { whatIf } from '../../i18n/what-if/index.ts';
import { TimeField } from '../../shared/date-fields.tsx';
import { Icon } from '../../shared/icons.tsx';

/** `answered`: per cent, null: as is known of these hours. */
export type AskedWindow = { from: string; to: string; answered: number | null };

export const isWindowFault = ({ from, to }: AskedWindow): boolean => from === '' || to === '' || from >= to;

function Row(props: {
  window: AskedWindow;
  number: number;
  change: (window: AskedWindow) => void;
  remove: (() => void) | null;
}) {
  const { window, number, change, remove } = props;
  const t = useTexts(whatIf).windows;
  return (
    <fieldset className="plain-set window-row">
      <legend className="visually-hidden">{t.nth(String(number))}</legend>
      <TimeField aria-label={t.from} value={window.from} change={(from) => change({ ...window, from })} />
      <span aria-hidden="true">–</span>
      <TimeField aria-label={t.to} value={window.to} change={(to) => change({ ...window, to })} />
      <InputNumber
        aria-label={t.answered}
        placeholder={t.answered}
        className="wide-select"
        min={1}
        max={100}
        suffix="%"
        value={window.answered}
        onChange={(answered) => change({ ...window, answered })}
      />
      {remove === null ? null : (
        <Button type="text" aria-label={t.remove} icon={<Icon name="cross" size={16} />} onClick={remove} />
      )}
    </fieldset>
  );
}

/** Two to four calling hours to compare. */
export function WindowsForm(props: { windows: AskedWindow[]; change: (windows: AskedWindow[]) => void }) {
  const { windows, change } = props;
  const t = useTexts(whatIf).windows;
  return (
    <div className="column">
      <p className="muted small">{t.hint}</p>
      {windows.map((window, index) => (
        <Row
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity of their own, and only the last is added or one removed.
          key={index}
          number={index + 1}
          window={window}
          change={(changed) => change(windows.with(index, changed))}
          remove={windows.length > 2 ? () => change(windows.toSpliced(index, 1)) : null}
        />
      ))}
      {windows.some(isWindowFault) ? (
        <p className="field-fault" role="alert">
          {t.fault}
        </p>
      ) : null}
      {windows.length < mostWindows ? (
        <div>
          <Button onClick={() => change([...windows, { from: '10:00', to: '18:00', answered: null }])}>{t.add}</Button>
        </div>
      ) : null}
    </div>
  );
}
