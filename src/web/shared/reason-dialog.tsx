import { Input, Modal } from 'antd';
import { useId, useState } from 'react';
import { common } from '../i18n/common/index.ts';
import { useTexts } from '../i18n/locale.tsx';
import { focusFirstField } from './first-field.ts';
import { useAskBeforeClosing } from './unsaved.ts';

/** A change that needs a reason: says what will happen, asks once, and sends the words. */
export function ReasonDialog(props: {
  open: boolean;
  title: string;
  hint?: string;
  label: string;
  action: string;
  danger?: boolean;
  busy: boolean;
  close: () => void;
  send: (why: string) => void;
}) {
  const c = useTexts(common);
  const id = useId();
  const [why, setWhy] = useState('');
  const leave = useAskBeforeClosing(props.open && !props.busy && why.trim() !== '', props.close);
  return (
    <Modal
      title={props.title}
      open={props.open}
      okText={props.action}
      cancelText={c.cancel}
      okButtonProps={{ disabled: why.trim() === '', loading: props.busy, danger: props.danger ?? false }}
      onCancel={leave}
      afterOpenChange={focusFirstField}
      afterClose={() => setWhy('')}
      onOk={() => props.send(why.trim())}
    >
      {props.hint ? <p>{props.hint}</p> : null}
      <div className="field">
        <label htmlFor={id}>{props.label}</label>
        <Input.TextArea
          id={id}
          rows={3}
          maxLength={4000}
          value={why}
          onChange={(event) => setWhy(event.target.value)}
        />
      </div>
    </Modal>
  );
}
