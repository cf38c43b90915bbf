import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { admin } from '../i18n/admin/index.ts';
import { common } from '../i18n/common/index.ts';
import { useTexts } from '../i18n/locale.tsx';
import { useOutcome } from '../shared/feedback.ts';

/** A name that is corrected where it stands. `reads`: what is read again afterwards. */
export function Rename(props: { name: string; rename: (name: string) => Promise<unknown>; reads: string }) {
  const { name, rename, reads } = props;
  const t = useTexts(admin).organisation;
  const c = useTexts(common);
  const { done, refused } = useOutcome();
  const [written, write] = useState<string | null>(null);
  const save = useMutation({
    mutationFn: (next: string) => rename(next),
    onSuccess: () => {
      write(null);
      return done(c.saved, reads);
    },
    onError: refused,
  });
  if (written === null)
    return (
      <span className="row">
        <span className="strong">{name}</span>
        <Button size="small" type="link" aria-label={`${t.rename}: ${name}`} onClick={() => write(name)}>
          {t.rename}
        </Button>
      </span>
    );
  return (
    <form
      className="row"
      onSubmit={(event) => {
        event.preventDefault();
        if (written.trim() !== '') save.mutate(written.trim());
      }}
    >
      <Input
        autoFocus
        aria-label={t.name}
        value={written}
        maxLength={200}
        onChange={(event) => write(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') write(null);
        }}
      />
      <Button size="small" type="primary" htmlType="submit" loading={save.isPending} disabled={written.trim() === ''}>
        {c.save}
      </Button>
      <Button size="small" onClick={() => write(null)}>
        {c.cancel}
      </Button>
    </form>
  );
}
