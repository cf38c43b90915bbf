import { useMutation } from '@tanstack/react-query';
import { Input, InputNumber, Progress, Select } from 'antd';
import { useState } from 'react';
import { upload } from '../../api/upload.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { longJobs } from '../../i18n/long-jobs/index.ts';
import { work } from '../../i18n/work/index.ts';
import { DateField } from '../../shared/date-fields.tsx';
import { differs, useAskBeforeClosing } from '../../shared/unsaved.ts';
import { useOutcome } from '../../shared/feedback.ts';
import { FormDialog } from '../../shared/form-dialog.tsx';
import { FileChoice } from '../../shared/file-choice.tsx';
import { Field } from '../../shared/field.tsx';
import { type Scope, ScopeFields } from './scope-target.tsx';

const reasons = ['regulator', 'client', 'opt-out', 'complaint', 'other'] as const;
const nowhere: { scope: Scope; scopeId: string } = { scope: 'all', scopeId: '' };
const empty = { name: '', source: '', asOf: '', staleDays: 31, reason: 'regulator', ...nowhere };

/** An external list as a file with its date. A list of the same name is replaced as a whole. */
export function ImportExternal({ close }: { close: () => void }) {
  const t = useTexts(work).blacklist;
  const j = useTexts(longJobs);
  const format = useFormat();
  const { done, refused } = useOutcome();
  const [list, setList] = useState(empty);
  const [file, setFile] = useState<File | null>(null);
  const [sent, setSent] = useState<number | null>(null);
  const set = (change: Partial<typeof empty>) => setList((known) => ({ ...known, ...change }));
  const send = useMutation({
    mutationFn: (chosen: File) => {
      setSent(0);
      const written = { ...list, asOf: Date.parse(`${list.asOf}T00:00`) };
      const fields = Object.fromEntries(Object.entries(written).map(([name, value]) => [name, String(value)]));
      return upload('POST /api/blacklist/external', {}, { fields, file: chosen }, (share) => {
        setSent(share);
        if (share === 1) void done(null, 'long-jobs');
      });
    },
    onSettled: () => setSent(null),
    onSuccess: ({ entries, rejected }) => {
      close();
      return done(t.imported(format.number(entries), format.number(rejected)), 'external-lists', 'long-jobs');
    },
    onError: refused,
  });
  // What is on its way goes on without the dialog.
  const leave = useAskBeforeClosing(!send.isPending && (differs(list, empty) || file !== null), close);
  const ready =
    file !== null &&
    list.name.trim() !== '' &&
    list.source.trim() !== '' &&
    list.asOf !== '' &&
    (list.scope === 'all' || list.scopeId !== '');
  return (
    <FormDialog
      title={t.importExternal}
      ready={ready}
      busy={send.isPending}
      leave={leave}
      send={() => {
        if (file !== null) send.mutate(file);
      }}
    >
      <p className="muted">{t.importHint}</p>
      <div className="column">
        <Field label={t.listName}>
          {(tie) => (
            <Input {...tie} value={list.name} maxLength={200} onChange={(e) => set({ name: e.target.value })} />
          )}
        </Field>
        <Field label={t.source}>
          {(tie) => (
            <Input {...tie} value={list.source} maxLength={200} onChange={(e) => set({ source: e.target.value })} />
          )}
        </Field>
        <Field label={t.listDate}>
          {(tie) => <DateField {...tie} value={list.asOf} change={(asOf) => set({ asOf })} />}
        </Field>
        <Field label={t.staleAfter}>
          {(tie) => (
            <InputNumber
              {...tie}
              min={1}
              max={3650}
              value={list.staleDays}
              onChange={(value) => set({ staleDays: Number(value ?? 31) })}
            />
          )}
        </Field>
        <Field label={t.reason}>
          {(tie) => (
            <Select
              {...tie}
              className="full-width"
              value={list.reason}
              options={reasons.map((value) => ({ value: String(value), label: t.reasons[value] }))}
              onChange={(reason) => set({ reason })}
            />
          )}
        </Field>
        <ScopeFields scope={list.scope} scopeId={list.scopeId} change={set} />
        <FileChoice
          label={t.listFile}
          accept=".csv,.txt,text/csv,text/plain"
          file={file}
          testId="external-file"
          choose={setFile}
        />
        {sent === null ? null : (
          <div role="status">
            <Progress percent={Math.round(sent * 100)} status="active" aria-label={t.importExternal} />
            <span className="muted small">{sent < 1 ? j.sending(format.percent(sent, 0)) : j.sent}</span>
          </div>
        )}
      </div>
    </FormDialog>
  );
}
