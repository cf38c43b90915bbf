import { Input } from 'antd';
import { useRef, useState } from 'react';
import { upload } from '../../api/upload.ts';
import { campaigns } from '../../i18n/campaigns/index.ts';
import { useFormat, useTexts, word } from '../../i18n/locale.tsx';
import { useOutcome } from '../../shared/feedback.ts';
import { Field } from '../../shared/field.tsx';
import { UploadPanel } from '../../shared/upload-panel.tsx';

/** Choose a file, name it, import. The file goes up once; what was rejected is shown with the list. */
export function Upload({ campaignId }: { campaignId: string }) {
  const t = useTexts(campaigns).lists;
  const format = useFormat();
  const { done, refused } = useOutcome();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [name, setName] = useState('');
  const [sent, setSent] = useState<number | null>(null);
  const submit = async (chosen: File) => {
    setSent(0);
    try {
      const list = await upload(
        'POST /api/campaigns/:id/lists',
        { id: campaignId },
        { fields: { name: name.trim() === '' ? chosen.name : name.trim() }, file: chosen },
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
    <UploadPanel
      words={{ ...t, hint: t.noneHint }}
      testIds={{ file: 'list-file', submit: 'import-list' }}
      {...{ file, sent, input }}
      choose={(chosen) => {
        setFile(chosen);
        if (chosen && name === '') setName(chosen.name.replace(/\.[^.]+$/, ''));
      }}
      send={(chosen) => void submit(chosen)}
    >
      <Field label={t.name}>
        {(tie) => <Input {...tie} value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />}
      </Field>
    </UploadPanel>
  );
}
