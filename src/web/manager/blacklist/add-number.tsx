import { useMutation } from '@tanstack/react-query';
import { Input, Modal, Select } from 'antd';
import { useState } from 'react';
import type { NewBlacklistEntry } from '../../../contract/blacklist.ts';
import { api } from '../../api/client.ts';
import { common } from '../../i18n/common/index.ts';
import { useTexts } from '../../i18n/locale.tsx';
import { work } from '../../i18n/work/index.ts';
import { DateField } from '../../shared/date-fields.tsx';
import { useAskBeforeClosing } from '../../shared/unsaved.ts';
import { useOutcome } from '../../shared/feedback.ts';
import { useFocusBack } from '../../shared/focus-back.ts';
import { Field } from '../../shared/field.tsx';
import { ScopeTarget } from './scope-target.tsx';
import { focusFirstField } from '../../shared/first-field.ts';

const reasons = ['opt-out', 'complaint', 'regulator', 'client', 'other'] as const;
const scopes = ['all', 'product-line', 'campaign'] as const;

/** The midnight after a local date, epoch ms. */
function endOfDay(date: string): number {
  const end = new Date(`${date}T00:00`);
  end.setDate(end.getDate() + 1);
  return end.getTime();
}

/** Stops calls to a number at once. */
export function AddNumber({ close }: { close: () => void }) {
  useFocusBack();
  const c = useTexts(common);
  const t = useTexts(work).blacklist;
  const { done, refused } = useOutcome();
  const [number, setNumber] = useState('');
  const [source, setSource] = useState('');
  const [reason, setReason] = useState<NewBlacklistEntry['reason']>('opt-out');
  const [scope, setScope] = useState<(typeof scopes)[number]>('all');
  const [scopeId, setScopeId] = useState('');
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
    <Modal
      title={t.add}
      open
      afterOpenChange={focusFirstField}
      okText={t.add}
      cancelText={c.cancel}
      okButtonProps={{ disabled: !ready, loading: add.isPending }}
      onCancel={leave}
      onOk={() => add.mutate()}
    >
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
        <Field label={t.scope}>
          {(tie) => (
            <Select
              {...tie}
              className="full-width"
              value={scope}
              options={scopes.map((value) => ({ value, label: t.scopes[value] }))}
              onChange={(chosen) => {
                setScope(chosen);
                setScopeId('');
              }}
            />
          )}
        </Field>
        <ScopeTarget scope={scope} value={scopeId} choose={setScopeId} />
        <Field label={t.lastDay} hint={t.lastDayHint}>
          {(tie) => <DateField {...tie} value={lastDay} change={setLastDay} />}
        </Field>
        <Field label={t.source}>
          {(tie) => (
            <Input {...tie} value={source} maxLength={200} onChange={(event) => setSource(event.target.value)} />
          )}
        </Field>
      </div>
    </Modal>
  );
}
