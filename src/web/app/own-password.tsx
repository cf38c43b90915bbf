import { useMutation } from '@tanstack/react-query';
import { Input } from 'antd';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { ApiError } from '../api/problem.ts';
import { common } from '../i18n/common/index.ts';
import { useTexts } from '../i18n/locale.tsx';
import { useOutcome } from '../shared/feedback.ts';
import { Field } from '../shared/field.tsx';
import { FormDialog } from '../shared/form-dialog.tsx';

/** Everybody changes the first password that an administrator gave them. */
export default function OwnPassword({ close }: { close: () => void }) {
  const t = useTexts(common);
  const p = t.ownPassword;
  const { done, refused } = useOutcome();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const change = useMutation({
    mutationFn: () => api('POST /api/session/password', { body: { current, next } }),
    onSuccess: () => {
      close();
      return done(p.done);
    },
    onError: (error) => {
      if (!(error instanceof ApiError && error.code === 'wrong-password')) refused(error);
    },
  });
  const wrong = change.error instanceof ApiError && change.error.code === 'wrong-password' ? p.wrong : undefined;
  const different = again !== '' && again !== next ? p.different : undefined;
  const ready = current !== '' && next.length >= 10 && again === next;
  const fields = [
    { label: p.current, value: current, set: setCurrent, fault: wrong, autoComplete: 'current-password' },
    { label: p.next, value: next, set: setNext, fault: undefined, autoComplete: 'new-password' },
    { label: p.again, value: again, set: setAgain, fault: different, autoComplete: 'new-password' },
  ];
  return (
    <FormDialog title={p.open} ready={ready} busy={change.isPending} leave={close} send={() => change.mutate()}>
      <form
        className="column"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) change.mutate();
        }}
      >
        {fields.map(({ label, value, set, fault, autoComplete }) => (
          <Field key={label} label={label} fault={fault}>
            {(tie) => (
              <Input.Password
                {...tie}
                autoComplete={autoComplete}
                maxLength={200}
                value={value}
                onChange={(event) => set(event.target.value)}
              />
            )}
          </Field>
        ))}
        <p className="muted small">{p.hint}</p>
        {/* Enter in a field sends the form; the button that says so is the dialog's. */}
        <button type="submit" className="visually-hidden" tabIndex={-1} aria-hidden="true" />
      </form>
    </FormDialog>
  );
}
