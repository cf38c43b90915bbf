import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import type { Role } from '../../contract/common.ts';
import { api } from '../api/client.ts';
import { Field } from './field.tsx';

/** Chooses an account by its name, found while it is typed. */
export function PersonField(props: {
  label: string;
  placeholder: string;
  value: string | undefined;
  choose: (id: string | undefined) => void;
  /** Only accounts of this role. */
  ofRole?: Role;
}) {
  const [q, setQ] = useState('');
  const people = useQuery({
    queryKey: ['users', 'named', q, props.ofRole],
    queryFn: ({ signal }) =>
      api('GET /api/users', {
        query: { limit: 20, ...(q === '' ? {} : { q }), ...(props.ofRole === undefined ? {} : { role: props.ofRole }) },
        signal,
      }),
    placeholderData: (before) => before,
  });
  return (
    <Field label={props.label}>
      {(tie) => (
        <Select
          {...tie}
          className="person-choice"
          allowClear
          showSearch={{ filterOption: false, onSearch: setQ }}
          placeholder={props.placeholder}
          value={props.value ?? null}
          options={(people.data?.items ?? []).map(({ id, displayName }) => ({ value: id, label: displayName }))}
          onChange={(id: string | null) => props.choose(id ?? undefined)}
        />
      )}
    </Field>
  );
}
