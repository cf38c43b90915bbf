import { Button, Modal } from 'antd';
import { useEffect, useState } from 'react';
import { common } from '../../i18n/common/index.ts';
import { keys as texts } from '../../i18n/keys/index.ts';
import { useTexts } from '../../i18n/locale.tsx';
import { keyName } from './key-set.ts';
import type { Keys } from './make-keys.tsx';

/** All keys of a desk, each changeable by pressing the new one. A key that is taken is refused with the name of what has it. */
export function KeysDialog<A extends string>(props: {
  keys: Keys<A>;
  names: Record<A, string>;
  /** What the digits do, and which of them. */
  digits: { name: string; keys: string };
  open: boolean;
  close: () => void;
}) {
  const t = useTexts(texts);
  const c = useTexts(common);
  const { keys, names, digits, open, close } = props;
  const { set, map, change, reset, pause } = keys;
  const [asking, setAsking] = useState<A | null>(null);
  const [fault, setFault] = useState('');
  useEffect(() => {
    pause(open);
    return () => pause(false);
  }, [open, pause]);
  useEffect(() => {
    if (asking === null) return;
    const press = (event: KeyboardEvent) => {
      const key = keyName(event);
      event.preventDefault();
      event.stopPropagation();
      if (key === '') return;
      const owner = set.actions.find((action) => map[action] === key && action !== asking);
      if (key === 'Escape') setFault('');
      else if (owner) setFault(t.taken(names[owner]));
      else if (/^\d$/.test(key)) setFault(t.taken(digits.name));
      else {
        setFault('');
        change(asking, key);
      }
      setAsking(null);
    };
    window.addEventListener('keydown', press, true);
    return () => window.removeEventListener('keydown', press, true);
  }, [asking, map, change, set, names, digits, t]);
  return (
    <Modal
      title={t.title}
      style={{ top: 32 }}
      open={open}
      onCancel={close}
      footer={
        <div className="row spread">
          <Button onClick={reset}>{t.reset}</Button>
          <Button type="primary" onClick={close}>
            {c.close}
          </Button>
        </div>
      }
    >
      <p className="muted">{t.hint}</p>
      <table className="plain-table keys-table">
        <tbody>
          {set.actions.map((action) => (
            <tr key={action}>
              <th scope="row">{names[action]}</th>
              <td>{asking === action ? <em>{t.press}</em> : <kbd>{map[action]}</kbd>}</td>
              <td className="num">
                <Button
                  size="small"
                  aria-label={`${t.change}: ${names[action]}`}
                  onClick={(event) => {
                    event.currentTarget.blur();
                    setAsking(action);
                  }}
                >
                  {t.change}
                </Button>
              </td>
            </tr>
          ))}
          <tr>
            <th scope="row">{digits.name}</th>
            <td colSpan={2}>
              <kbd>{digits.keys}</kbd>
            </td>
          </tr>
        </tbody>
      </table>
      {fault !== '' ? (
        <p className="field-fault" role="alert">
          {fault}
        </p>
      ) : null}
      <p className="muted small">{t.single}</p>
    </Modal>
  );
}
