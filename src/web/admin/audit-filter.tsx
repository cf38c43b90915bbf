import { Button, Select } from 'antd';
import { audit } from '../i18n/audit/index.ts';
import { useLocale, useTexts } from '../i18n/locale.tsx';
import { DateField } from '../shared/date-fields.tsx';
import { Field } from '../shared/field.tsx';
import { PersonField } from '../shared/person-field.tsx';

/** What is searched for; days are the reader's own, YYYY-MM-DD. An absent part is not asked about. */
export type AuditSearch = {
  action?: string;
  subjectType?: string;
  subjectId?: string;
  actorId?: string;
  from?: string;
  to?: string;
};

/** The words of a catalogue group as a list to choose from, in the order of the language. */
function useChoices(group: Record<string, string>) {
  const { locale } = useLocale();
  return Object.entries(group)
    .map(([value, label]) => ({ value, label }))
    .sort((a, b) => a.label.localeCompare(b.label, locale));
}

/** What, on what, by whom and when; also everything about one subject, which is chosen in the list. */
export function AuditFilter(props: { search: AuditSearch; change: (search: AuditSearch) => void }) {
  const { search, change } = props;
  const t = useTexts(audit);
  const actions = useChoices(t.actions);
  const subjects = useChoices(t.subjects);
  const set = (part: { [K in keyof AuditSearch]: AuditSearch[K] | undefined }) => {
    const kept = Object.entries({ ...search, ...part }).filter(([, value]) => value !== undefined && value !== '');
    change(Object.fromEntries(kept));
  };
  return (
    <search className="toolbar">
      <Field label={t.action}>
        {(tie) => (
          <Select
            {...tie}
            className="audit-choice"
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            placeholder={t.anyAction}
            value={search.action ?? null}
            options={actions}
            onChange={(action: string | null) => set({ action: action ?? undefined })}
          />
        )}
      </Field>
      <Field label={t.subject}>
        {(tie) => (
          <Select
            {...tie}
            className="audit-choice"
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            placeholder={t.anySubject}
            value={search.subjectType ?? null}
            options={subjects}
            onChange={(subjectType: string | null) =>
              set({ subjectType: subjectType ?? undefined, subjectId: undefined })
            }
          />
        )}
      </Field>
      <PersonField
        label={t.actor}
        placeholder={t.anyActor}
        value={search.actorId}
        choose={(actorId) => set({ actorId })}
      />
      {(['from', 'to'] as const).map((end) => (
        <Field key={end} label={t[end]}>
          {(tie) => <DateField {...tie} value={search[end] ?? ''} change={(day) => set({ [end]: day })} />}
        </Field>
      ))}
      {Object.keys(search).length === 0 ? null : <Button onClick={() => change({})}>{t.allAgain}</Button>}
    </search>
  );
}
