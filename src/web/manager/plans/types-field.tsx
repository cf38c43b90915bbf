/** Which types of customers a plan is narrowed to. */
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { api } from '../../api/client.ts';
import { useTexts } from '../../i18n/locale.tsx';
import { plans } from '../../i18n/plans/index.ts';
import { Field } from '../../shared/field.tsx';
import { useTypeName } from '../segments/words.ts';

export function TypesField({ types, change }: { types: string[]; change: (types: string[]) => void }) {
  const t = useTexts(plans).form;
  const nameOf = useTypeName();
  const known = useQuery({ queryKey: ['segments'], queryFn: ({ signal }) => api('GET /api/segments', { signal }) });
  return (
    <Field label={t.types} hint={t.typesHint}>
      {(tie) => (
        <Select
          {...tie}
          mode="multiple"
          className="full-width"
          value={types}
          options={(known.data?.rules.types ?? []).map((type) => ({ value: type.key, label: nameOf(type, type.key) }))}
          onChange={change}
        />
      )}
    </Field>
  );
}
