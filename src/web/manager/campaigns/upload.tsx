import { Button, Input, Progress } from 'antd';
import { useRef, useState } from 'react';
import { upload } from '../../api/upload.ts';
import { campaigns } from '../../i18n/campaigns/index.ts';
import { useFormat, useTexts, word } from '../../i18n/locale.tsx';
import { useOutcome } from '../../shared/feedback.ts';
import { Field } from '../../shared/field.tsx';
import { FileChoice } from '../../shared/file-choice.tsx';
import { Icon } from '../../shared/icons.tsx';
import { Panel } from '../../shared/page.tsx';

/** Choose a file, name it, import. The file goes up once; what was rejected is shown with the list. */
export function Upload({ campaignId }: { campaignId: string }) {
  const t = useTexts(campaigns).lists;
  const format = useFormat();
  const { done, refused } = useOutcome();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [name, setName] = useState('');
  const [sent, setSent] = useState<number | null>(null);
  const submit = async () => {
    if (!file) return;
    setSent(0);
    try {
      const list = await upload(
        'POST /api/campaigns/:id/lists',
        { id: campaignId },
        { fields: { name: name.trim() === '' ? file.name : name.trim() }, file },
        setSent,
      );
      const text = list.failure
        ? t.failed(word(t.reasons, list.failure.code))
        : t.done(format.number(list.accepted), format.number(list.rejected));
      setFile(null);
      setName('');
      if (input.current) input.current.value = '';
      await done(text, 'lists', 'campaign', 'long-jobs');
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
          void submit();
        }}
      >
        <FileChoice
          label={t.file}
          accept=".csv,.xlsx,text/csv,text/plain"
          file={file}
          testId="list-file"
          input={input}
          choose={(chosen) => {
            setFile(chosen);
            if (chosen && name === '') setName(chosen.name.replace(/\.[^.]+$/, ''));
          }}
        />
        <Field label={t.name}>
          {(tie) => <Input {...tie} value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />}
        </Field>
        <Button
          type="primary"
          htmlType="submit"
          icon={<Icon name="upload" />}
          disabled={file === null}
          loading={sent !== null}
          data-testid="import-list"
        >
          {t.submit}
        </Button>
      </form>
      <p className="muted small">{t.noneHint}</p>
      {sent === null ? null : (
        <div role="status">
          <Progress percent={Math.round(sent * 100)} status="active" aria-label={t.upload} />
          <span className="muted small">{sent < 1 ? t.sending(format.percent(sent, 0)) : t.mayLeave}</span>
        </div>
      )}
    </Panel>
  );
}
