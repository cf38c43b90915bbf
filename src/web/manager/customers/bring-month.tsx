import { Select } from 'antd';
import { useRef, useState } from 'react';
import { upload } from '../../api/upload.ts';
import { campaigns } from '../../i18n/campaigns/index.ts';
import { customers } from '../../i18n/customers/index.ts';
import { useFormat, useTexts, word } from '../../i18n/locale.tsx';
import { useOutcome } from '../../shared/feedback.ts';
import { Field } from '../../shared/field.tsx';
import { UploadPanel } from '../../shared/upload-panel.tsx';
import { useMonth } from './words.ts';

/** Choose a month and its file; the file goes up once. */
export function BringMonth({ clientId, months }: { clientId: string; months: string[] }) {
  const t = useTexts(customers);
  const { reasons } = useTexts(campaigns).lists;
  const format = useFormat();
  const inWords = useMonth();
  const { done, refused } = useOutcome();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [month, setMonth] = useState(months[1] ?? '');
  const [sent, setSent] = useState<number | null>(null);
  const submit = async (chosen: File) => {
    setSent(0);
    try {
      const params = { id: clientId };
      const made = await upload(
        'POST /api/clients/:id/customer-months',
        params,
        { fields: { month }, file: chosen },
        setSent,
      );
      const text = made.failure
        ? t.failed(word(reasons, made.failure.code))
        : t.done(format.number(made.accepted), format.number(made.rejected));
      setFile(null);
      // The same file may be brought again once it is mended.
      if (input.current) input.current.value = '';
      await done(text, 'customer-months', 'customer-clients', 'long-jobs');
    } catch (error) {
      refused(error);
    }
    setSent(null);
  };
  return (
    <UploadPanel
      words={t}
      testIds={{ file: 'month-file', submit: 'import-month' }}
      {...{ file, sent, input, choose: setFile }}
      send={(chosen) => void submit(chosen)}
    >
      <Field label={t.month}>
        {(tie) => (
          <Select
            {...tie}
            value={month}
            onChange={setMonth}
            options={months.map((value) => ({ value, label: inWords(value) }))}
          />
        )}
      </Field>
    </UploadPanel>
  );
}
