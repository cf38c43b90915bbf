import { useMutation } from '@tanstack/react-query';
import { Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import type { Person } from '../../../contract/common.ts';
import { api } from '../../api/client.ts';
import { go } from '../../app/router.tsx';
import { calibrations } from '../../i18n/calibrations/index.ts';
import { useTexts } from '../../i18n/locale.tsx';
import { useAskBeforeClosing } from '../../shared/unsaved.ts';
import { useOutcome } from '../../shared/feedback.ts';
import { FormDialog } from '../../shared/form-dialog.tsx';
import { Field } from '../../shared/field.tsx';

/** Who is to be compared with whom, over how many recordings. Which ones is left to chance. */
export function NewCalibration({ close, people }: { close: () => void; people: Person[] }) {
  const t = useTexts(calibrations);
  const { done, refused } = useOutcome();
  const [name, setName] = useState('');
  const [count, setCount] = useState(5);
  const [expertId, setExpert] = useState<string | null>(null);
  const [judgeIds, setJudges] = useState<string[]>([]);
  const options = people.map((person) => ({ value: person.id, label: person.name }));
  const leave = useAskBeforeClosing(name.trim() !== '' || expertId !== null || judgeIds.length > 0, close);
  const open = useMutation({
    mutationFn: (expert: string) =>
      api('POST /api/calibrations', { body: { name: name.trim(), count, expertId: expert, judgeIds } }),
    onSuccess: async ({ id }) => {
      close();
      await done(t.opened, 'calibrations');
      go(`/calibrations/${id}`);
    },
    onError: refused,
  });
  const ready =
    name.trim() !== '' && expertId !== null && judgeIds.length > 0 && !judgeIds.some((judge) => judge === expertId);
  return (
    <FormDialog
      title={t.open}
      ready={ready}
      busy={open.isPending}
      leave={leave}
      send={() => {
        if (expertId !== null) open.mutate(expertId);
      }}
    >
      <p className="muted">{t.openHint}</p>
      <div className="column">
        <Field label={t.name}>
          {(tie) => <Input {...tie} value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />}
        </Field>
        <Field label={t.recordings}>
          {(tie) => (
            <InputNumber {...tie} min={1} max={50} value={count} onChange={(value) => setCount(Number(value ?? 5))} />
          )}
        </Field>
        <Field label={t.expert}>
          {(tie) => <Select {...tie} className="full-width" value={expertId} options={options} onChange={setExpert} />}
        </Field>
        <Field label={t.judges}>
          {(tie) => (
            <Select
              {...tie}
              className="full-width"
              mode="multiple"
              value={judgeIds}
              options={options.filter(({ value }) => value !== expertId)}
              onChange={setJudges}
            />
          )}
        </Field>
      </div>
    </FormDialog>
  );
}
