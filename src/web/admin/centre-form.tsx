import { useMutation } from '@tanstack/react-query';
import { Button, Checkbox, Input, Select } from 'antd';
import type { Centre } from '../../contract/organisation.ts';
import { api } from '../api/client.ts';
import { admin } from '../i18n/admin/index.ts';
import { common } from '../i18n/common/index.ts';
import { isoDays } from '../i18n/format.ts';
import { useFormat, useTexts } from '../i18n/locale.tsx';
import { useEdited } from '../shared/unsaved.ts';
import { useOutcome } from '../shared/feedback.ts';
import { Field } from '../shared/field.tsx';

const zones = Intl.supportedValuesOf('timeZone').map((zone) => ({ value: zone, label: zone }));

const mondayToFriday = [1, 2, 3, 4, 5];
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

/**
 * A centre's name, time zone and ordinary working days: its days, weeks and deadlines follow from them. Without a centre it
 * makes one; `made` is told when that is done.
 */
export function CentreForm({ centre, made }: { centre: Centre | null; made?: () => void }) {
  const t = useTexts(admin).organisation;
  const c = useTexts(common);
  const format = useFormat();
  const { done, refused } = useOutcome();
  const { draft, setDraft, taken } = useEdited({
    name: centre?.name ?? '',
    timeZone: centre?.timeZone ?? here,
    workWeek: centre?.workWeek ?? mondayToFriday,
  });
  const { name, timeZone, workWeek } = draft;
  const change = (part: Partial<typeof draft>) => setDraft((known) => ({ ...known, ...part }));
  const save = useMutation({
    mutationFn: () => {
      const body = { name: name.trim(), timeZone, workWeek };
      return centre
        ? api('PATCH /api/centres/:id', { params: { id: centre.id }, body })
        : api('POST /api/centres', { body });
    },
    onSuccess: () => {
      taken(draft);
      made?.();
      return done(centre ? c.saved : t.added, 'centres');
    },
    onError: refused,
  });
  return (
    <form
      className="column centre-form"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <div className="form-grid">
        <Field label={t.name}>
          {(tie) => (
            <Input {...tie} value={name} maxLength={200} onChange={(event) => change({ name: event.target.value })} />
          )}
        </Field>
        <Field label={t.timeZone} hint={t.timeZoneHint}>
          {(tie) => (
            <Select
              {...tie}
              className="full-width"
              showSearch
              value={timeZone}
              options={zones}
              onChange={(zone) => change({ timeZone: zone })}
            />
          )}
        </Field>
      </div>
      <fieldset className="plain-set">
        <legend>{t.workWeek}</legend>
        <Checkbox.Group
          value={workWeek}
          options={isoDays.map((day) => ({ value: day, label: format.weekday(day) }))}
          onChange={(days) => change({ workWeek: days.toSorted((a, b) => a - b) })}
        />
      </fieldset>
      <div>
        <Button
          type="primary"
          htmlType="submit"
          disabled={name.trim() === '' || workWeek.length === 0}
          loading={save.isPending}
          data-testid={centre ? 'save-centre' : 'make-centre'}
        >
          {centre ? c.save : t.makeCentre}
        </Button>
      </div>
    </form>
  );
}
