import { useMutation } from '@tanstack/react-query';
import { Input, Select } from 'antd';
import { useState } from 'react';
import type { NewBlacklistEntry } from '../../../contract/blacklist.ts';
import { api } from '../../api/client.ts';
import { useTexts } from '../../i18n/locale.tsx';
import { work } from '../../i18n/work/index.ts';
import { DateField } from '../../shared/date-fields.tsx';
import { useAskBeforeClosing } from '../../shared/unsaved.ts';
import { useOutcome } from '../../shared/feedback.ts';
import { FormDialog } from '../../shared/form-dialog.tsx';
import { Field } from '../../shared/field.tsx';
import { type Scope, ScopeFields } from './scope-target.tsx';

const reasons = ['opt-out', 'complaint', 'regulator', 'client', 'other'] as const;

/** The midnight after a local date, epoch ms. */
function endOfDay(date: string): number {
  const end = new Date(`${date}T00:00`);
  end.setDate(end.getDate() + 1);
  return end.getTime();
}

/** Stops calls to a number at once. */
export function AddNumber({ close }: { close: () => void }) {
  const t = useTexts(work).blacklist;
  const { done, refused } = useOutcome();
  const [number, setNumber] = useState('');
  const [source, setSource] = useState('');
  const [reason, setReason] = useState<NewBlacklistEntry['reason']>('opt-out');
  const [{ scope, scopeId }, setScope] = useState<{ scope: Scope; scopeId: string }>({ scope: 'all', scopeId: '' });
  const [lastDay, setLastDay] = useState('');
  const leave = useAskBeforeClosing(
    [number, source, scopeId].some((text) => text.trim() !== ''),
    close,
  );
  const add = useMutation({
    mutationFn: () =>
      api('POST /api/blacklist', {
        body: {
          number,
          reason,
          source: source.trim(),
          scope,
          scopeId: scope === 'all' ? null : scopeId,
          endsAt: lastDay === '' ? null : endOfDay(lastDay),
        },
      }),
    onSuccess: ({ added }) => {
      close();
      return done(added ? t.added : t.addedBefore, 'blacklist');
    },
    onError: refused,
  });
  const ready = number.trim().length >= 3 && source.trim() !== '' && (scope === 'all' || scopeId !== '');
  return (
    <FormDialog title={t.add} ready={ready} busy={add.isPending} leave={leave} send={() => add.mutate()}>
      <div className="column">
        <Field label={t.number}>
          {(tie) => <Input {...tie} type="tel" value={number} onChange={(event) => setNumber(event.target.value)} />}
        </Field>
        <Field label={t.reason}>
          {(tie) => (
            <Select
              {...tie}
              className="full-width"
              value={reason}
              options={reasons.map((value) => ({ value, label: t.reasons[value] }))}
              onChange={setReason}
            />
          )}
        </Field>
        <ScopeFields scope={scope} scopeId={scopeId} change={setScope} />
        <Field label={t.lastDay} hint={t.lastDayHint}>
          {(tie) => <DateField {...tie} value={lastDay} change={setLastDay} />}
        </Field>
        <Field label={t.source}>
          {(tie) => (
            <Input {...tie} value={source} maxLength={200} onChange={(event) => setSource(event.target.value)} />
          )}
        </Field>
      </div>
    </FormDialog>
  );
}
