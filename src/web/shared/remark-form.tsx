import { Button, Input } from 'antd';
import { useId } from 'react';
import { useTexts } from '../i18n/locale.tsx';
import { results } from '../i18n/results/index.ts';
import { useUnsaved } from './unsaved.ts';

/** Where a client writes what they found; sending is the page's. */
export function RemarkForm(props: {
  className: string;
  text: string;
  sending: boolean;
  change: (text: string) => void;
  send: () => void;
}) {
  const t = useTexts(results).summaries;
  const id = useId();
  useUnsaved(props.text.trim() !== '' && !props.sending);
  return (
    <form
      className={props.className}
      onSubmit={(event) => {
        event.preventDefault();
        props.send();
      }}
    >
      <div className="field">
        <label htmlFor={id}>{t.remark}</label>
        <Input.TextArea
          id={id}
          rows={3}
          maxLength={4000}
          value={props.text}
          onChange={(event) => props.change(event.target.value)}
        />
      </div>
      <div>
        <Button type="primary" htmlType="submit" disabled={props.text.trim() === ''} loading={props.sending}>
          {t.sendRemark}
        </Button>
      </div>
    </form>
  );
}
