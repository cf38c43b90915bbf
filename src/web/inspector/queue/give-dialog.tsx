import { useMutation, useQuery } from '@tanstack/react-query';
import { Input, Modal, Select } from 'antd';
import { useState } from 'react';
import type { Inspection } from '../../../contract/inspections.ts';
import { api } from '../../api/client.ts';
import { common } from '../../i18n/common/index.ts';
import { inspector } from '../../i18n/inspector/index.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { useAskBeforeClosing } from '../../shared/unsaved.ts';
import { useOutcome } from '../../shared/feedback.ts';
import { Field } from '../../shared/field.tsx';

/** Gives an inspection to another judge, with the reason: only those are offered who may have it. */
export function GiveDialog({ inspection, close }: { inspection: Inspection; close: () => void }) {
  const t = useTexts(inspector).give;
  const c = useTexts(common);
  const format = useFormat();
  const { done, refused } = useOutcome();
  const [userId, choose] = useState<string>();
  const [why, setWhy] = useState('');
  const params = { id: inspection.id };
  const judges = useQuery({
    queryKey: ['inspections', inspection.id, 'judges'],
    queryFn: ({ signal }) => api('GET /api/inspections/:id/judges', { params, signal }),
  });
  const give = useMutation({
    mutationFn: (to: string) =>
      api('POST /api/inspections/:id/assign', { params, body: { userId: to, why: why.trim() } }),
    onSuccess: () => {
      close();
      return done(t.given, 'inspections');
    },
    onError: refused,
  });
  const leave = useAskBeforeClosing(why.trim() !== '', close);
  const others = (judges.data?.items ?? []).filter(({ id }) => id !== inspection.assignedTo?.id);
  return (
    <Modal
      title={t.title}
      open
      okText={t.action}
      cancelText={c.cancel}
      okButtonProps={{ disabled: userId === undefined || why.trim() === '', loading: give.isPending }}
      onCancel={leave}
      onOk={() => {
        if (userId !== undefined) give.mutate(userId);
      }}
    >
      <p>{inspection.blind ? t.blindHint : t.hint}</p>
      <Field label={t.to}>
        {(tie) => (
          <Select
            {...tie}
            className="person-choice"
            loading={judges.isPending}
            notFoundContent={t.nobody}
            placeholder={t.choose}
            value={userId ?? null}
            options={others.map(({ id, name, load }) => ({ value: id, label: t.judge(name, format.number(load)) }))}
            onChange={(id: string | null) => choose(id ?? undefined)}
          />
        )}
      </Field>
      <Field label={t.why}>
        {(tie) => (
          <Input.TextArea
            {...tie}
            rows={2}
            maxLength={4000}
            value={why}
            onChange={(event) => setWhy(event.target.value)}
          />
        )}
      </Field>
    </Modal>
  );
}
