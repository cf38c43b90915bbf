import { Button, Modal } from 'antd';
import { useEffect, useState } from 'react';
import { agent } from '../../i18n/agent/index.ts';
import { common } from '../../i18n/common/index.ts';
import { useTexts } from '../../i18n/locale.tsx';
import { type KeyAction, keyActions, keyName } from './key-map.ts';
import { useKeys } from './keys-provider.tsx';

/** All keys, each changeable by pressing the new one. A key that is taken is refused with the name of what has it. */
export function KeysDialog({ open, close }: { open: boolean; close: () => void }) {
  const t = useTexts(agent).keys;
  const c = useTexts(common);
  const { map, change, reset, pause } = useKeys();
  const [asking, setAsking] = useState<KeyAction | null>(null);
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
      const owner = keyActions.find((action) => map[action] === key && action !== asking);
      if (key === 'Escape') setFault('');
      else if (owner) setFault(t.taken(t.names[owner]));
      else if (/^\d$/.test(key)) setFault(t.taken(t.names.outcome));
      else {
        setFault('');
        change(asking, key);
      }
      setAsking(null);
    };
    window.addEventListener('keydown', press, true);
    return () => window.removeEventListener('keydown', press, true);
  }, [asking, map, change, t]);
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
          {keyActions.map((action) => (
            <tr key={action}>
              <th scope="row">{t.names[action]}</th>
              <td>{asking === action ? <em>{t.press}</em> : <kbd>{map[action]}</kbd>}</td>
              <td className="num">
                <Button
                  size="small"
                  aria-label={`${t.change}: ${t.names[action]}`}
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
            <th scope="row">{t.names.outcome}</th>
            <td colSpan={2}>
              <kbd>{t.digits}</kbd>
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
