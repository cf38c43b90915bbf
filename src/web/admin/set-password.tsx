import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { admin } from '../i18n/admin/index.ts';
import { useTexts } from '../i18n/locale.tsx';
import { useConfirm } from '../shared/confirm.ts';
import { useOutcome } from '../shared/feedback.ts';
import { Field } from '../shared/field.tsx';

/** A new password for somebody else; it ends their sessions. */
export function SetPassword({ id, name }: { id: string; name: string }) {
  const t = useTexts(admin).users;
  const { done, refused } = useOutcome();
  const confirm = useConfirm();
  const [password, setPassword] = useState('');
  const set = useMutation({
    mutationFn: () => api('POST /api/users/:id/password', { params: { id }, body: { password } }),
    onSuccess: () => {
      setPassword('');
      return done(t.passwordSet, 'users');
    },
    onError: refused,
  });
  return (
    <div className="toolbar">
      <Field label={t.newPassword}>
        {(tie) => (
          <Input.Password
            {...tie}
            autoComplete="new-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
      <Button
        disabled={password.length < 10}
        loading={set.isPending}
        onClick={() =>
          confirm({
            title: t.setPasswordTitle(name),
            consequence: t.endsSessions,
            action: t.setPassword,
            act: () => set.mutateAsync(),
          })
        }
      >
        {t.setPassword}
      </Button>
    </div>
  );
}
