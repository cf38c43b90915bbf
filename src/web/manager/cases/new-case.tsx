import { useMutation } from '@tanstack/react-query';
import { Checkbox, Input, Select } from 'antd';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useTexts } from '../../i18n/locale.tsx';
import { work } from '../../i18n/work/index.ts';
import { useAskBeforeClosing } from '../../shared/unsaved.ts';
import { useOutcome } from '../../shared/feedback.ts';
import { FormDialog } from '../../shared/form-dialog.tsx';
import { Field } from '../../shared/field.tsx';

const kinds = ['complaint', 'problem', 'question', 'suggestion', 'client-remark', 'service-visit'] as const;
const channels = ['call', 'hotline', 'client', 'regulator', 'letter', 'text', 'other'] as const;

/** Records what was said, as it was said. */
export function NewCase({ close }: { close: () => void }) {
  const t = useTexts(work).cases;
  const { done, refused } = useOutcome();
  const [kind, setKind] = useState<(typeof kinds)[number]>('complaint');
  const [channel, setChannel] = useState<(typeof channels)[number]>('hotline');
  const [words, setWords] = useState('');
  const [number, setNumber] = useState('');
  const [department, setDepartment] = useState('');
  const [serious, setSerious] = useState(false);
  const [agreement, setAgreement] = useState(false);
  const leave = useAskBeforeClosing(
    [words, number, department].some((text) => text.trim() !== ''),
    close,
  );
  const file = useMutation({
    mutationFn: () =>
      api('POST /api/cases', {
        body: {
          kind,
          channel,
          words: words.trim(),
          serious,
          ...(kind === 'service-visit' ? { agreementCustomer: agreement } : {}),
          department,
          number: number.trim() === '' ? null : number.trim(),
        },
      }),
    onSuccess: (made) => {
      close();
      return done(t.filed(made.number), 'cases');
    },
    onError: refused,
  });
  return (
    <FormDialog
      title={t.new}
      ready={words.trim() !== ''}
      busy={file.isPending}
      leave={leave}
      send={() => file.mutate()}
    >
      <div className="column">
        <Field label={t.kind}>
          {(tie) => (
            <Select
              {...tie}
              className="full-width"
              value={kind}
              options={kinds.map((value) => ({ value, label: t.kinds[value] }))}
              onChange={setKind}
            />
          )}
        </Field>
        <Field label={t.channel}>
          {(tie) => (
            <Select
              {...tie}
              className="full-width"
              value={channel}
              options={channels.map((value) => ({ value, label: t.channels[value] }))}
              onChange={setChannel}
            />
          )}
        </Field>
        <Field label={t.words}>
          {(tie) => (
            <Input.TextArea
              {...tie}
              rows={4}
              maxLength={4000}
              value={words}
              onChange={(event) => setWords(event.target.value)}
            />
          )}
        </Field>
        <Field label={t.number} hint={t.numberHint}>
          {(tie) => <Input {...tie} type="tel" value={number} onChange={(event) => setNumber(event.target.value)} />}
        </Field>
        <Field label={t.department}>
          {(tie) => (
            <Input
              {...tie}
              value={department}
              maxLength={100}
              onChange={(event) => setDepartment(event.target.value)}
            />
          )}
        </Field>
        <Checkbox checked={serious} onChange={(event) => setSerious(event.target.checked)}>
          {t.serious}
        </Checkbox>
        {kind === 'service-visit' ? (
          <Checkbox checked={agreement} onChange={(event) => setAgreement(event.target.checked)}>
            {t.agreementCustomer}
          </Checkbox>
        ) : null}
      </div>
    </FormDialog>
  );
}
