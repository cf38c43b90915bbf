import { Button, Progress, Select } from 'antd';
import { useState } from 'react';
import { upload } from '../../api/upload.ts';
import { campaigns } from '../../i18n/campaigns/index.ts';
import { customers } from '../../i18n/customers/index.ts';
import { useFormat, useTexts, word } from '../../i18n/locale.tsx';
import { useOutcome } from '../../shared/feedback.ts';
import { Field } from '../../shared/field.tsx';
import { FileChoice } from '../../shared/file-choice.tsx';
import { Icon } from '../../shared/icons.tsx';
import { Panel } from '../../shared/page.tsx';
import { useMonth } from './words.ts';

/** Choose a month and its file; the file goes up once. */
export function BringMonth({ clientId, months }: { clientId: string; months: string[] }) {
  const t = useTexts(customers);
  const { reasons } = useTexts(campaigns).lists;
  const format = useFormat();
  const inWords = useMonth();
  const { done, refused } = useOutcome();
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
      await done(text, 'customer-months', 'customer-clients', 'long-jobs');
    } catch (error) {
      refused(error);
    }
    setSent(null);
  };
  return (
    <Panel title={t.upload}>
      <form
        className="upload-row"
        onSubmit={(event) => {
          event.preventDefault();
          if (file) void submit(file);
        }}
      >
        <FileChoice
          {...{ label: t.file, accept: '.csv,.xlsx,text/csv,text/plain', file, testId: 'month-file' }}
          choose={setFile}
        />
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
        <Button
          type="primary"
          htmlType="submit"
          icon={<Icon name="upload" />}
          disabled={file === null}
          loading={sent !== null}
          data-testid="import-month"
        >
          {t.submit}
        </Button>
      </form>
      <p className="muted small">{t.hint}</p>
      {sent === null ? null : (
        <div role="status">
          <Progress percent={Math.round(sent * 100)} status="active" aria-label={t.upload} />
          <span className="muted small">{sent < 1 ? t.sending(format.percent(sent, 0)) : t.mayLeave}</span>
        </div>
      )}
    </Panel>
  );
}
