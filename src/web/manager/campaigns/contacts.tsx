import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import type { Contact } from '../../../contract/lists.ts';
import { api } from '../../api/client.ts';
import { campaigns } from '../../i18n/campaigns/index.ts';
import { common } from '../../i18n/common/index.ts';
import { useFormat, useTexts, word } from '../../i18n/locale.tsx';
import { wallboard } from '../../i18n/wallboard/index.ts';
import { words } from '../../i18n/words/index.ts';
import { useOutcome } from '../../shared/feedback.ts';
import { MomentField } from '../../shared/date-fields.tsx';
import { Field } from '../../shared/field.tsx';
import { Panel } from '../../shared/page.tsx';
import { PagedTable } from '../../shared/paged-table.tsx';
import { useUndialledReason } from '../../shared/undialled.ts';

type Narrow = { state?: Contact['state']; reason?: string; from?: number };
const states = ['waiting', 'in-attempt', 'finished'] as const;

/** Which part of the list is read: by state, by why it is not dialled, and from which time on. */
function Filters(props: { campaignId: string; narrow: Narrow; change: (narrow: Narrow) => void }) {
  const { campaignId, narrow, change } = props;
  const t = useTexts(campaigns).contacts;
  const s = useTexts(wallboard).contactStates;
  const sayReason = useUndialledReason();
  const live = useQuery({
    queryKey: ['wallboard', campaignId],
    queryFn: ({ signal }) => api('GET /api/wallboard/:id', { params: { id: campaignId }, signal }),
  });
  const stateWords = { waiting: s.waiting, 'in-attempt': s.inAttempt, finished: s.finished };
  const reasons = Object.keys(live.data?.contacts.undialledByReason ?? {});
  return (
    <>
      <Field label={t.state}>
        {(tie) => (
          <Select
            {...tie}
            className="contact-choice"
            value={narrow.state ?? ''}
            options={[
              { value: '', label: t.anyState },
              ...states.map((value) => ({ value, label: stateWords[value] })),
            ]}
            onChange={(state: Contact['state'] | '') => {
              const { state: _before, ...rest } = narrow;
              change(state === '' ? rest : { ...rest, state });
            }}
          />
        )}
      </Field>
      <Field label={t.reason}>
        {(tie) => (
          <Select
            {...tie}
            className="contact-choice"
            value={narrow.reason ?? ''}
            options={[
              { value: '', label: t.anyReason },
              ...reasons.map((value) => ({ value, label: sayReason(value) })),
            ]}
            onChange={(reason) => {
              const { reason: _before, ...rest } = narrow;
              change(reason === '' ? rest : { ...rest, reason });
            }}
          />
        )}
      </Field>
      <Field label={t.from}>
        {(tie) => (
          <MomentField
            {...tie}
            time="00:00"
            value={narrow.from ?? null}
            change={(from) => {
              const { from: _before, ...rest } = narrow;
              change(from === null ? rest : { ...rest, from });
            }}
          />
        )}
      </Field>
    </>
  );
}

/** One person among hundreds of thousands; what is looked for stays out of addresses. */
function Search(props: { campaignId: string; found: (contacts: Contact[] | null) => void; shown: boolean }) {
  const t = useTexts(campaigns).contacts;
  const c = useTexts(common);
  const { refused } = useOutcome();
  const [who, setWho] = useState('');
  const search = useMutation({
    mutationFn: () =>
      api('POST /api/campaigns/:id/contacts/search', { params: { id: props.campaignId }, body: { who: who.trim() } }),
    onSuccess: ({ items }) => props.found(items),
    onError: refused,
  });
  return (
    <form
      className="toolbar"
      onSubmit={(event) => {
        event.preventDefault();
        search.mutate();
      }}
    >
      <Field label={t.who}>
        {(tie) => (
          <Input
            {...tie}
            className="contact-search"
            value={who}
            placeholder={t.whoHint}
            maxLength={100}
            onChange={(event) => setWho(event.target.value)}
          />
        )}
      </Field>
      <Button htmlType="submit" disabled={who.trim() === ''} loading={search.isPending} data-testid="search-contacts">
        {c.search}
      </Button>
      {props.shown ? <Button onClick={() => props.found(null)}>{t.allAgain}</Button> : null}
    </form>
  );
}

/** Contacts with why each is not dialled now; the list may have hundreds of thousands of rows, of which few are drawn. */
export function Contacts({ campaignId }: { campaignId: string }) {
  const t = useTexts(campaigns);
  const s = useTexts(wallboard);
  const w = useTexts(words);
  const format = useFormat();
  const sayReason = useUndialledReason();
  const [narrow, setNarrow] = useState<Narrow>({});
  const [found, setFound] = useState<Contact[] | null>(null);
  const stateWords = {
    waiting: s.contactStates.waiting,
    'in-attempt': s.contactStates.inAttempt,
    finished: s.contactStates.finished,
  };
  const { columns } = t.contacts;
  const whole = found === null && Object.keys(narrow).length === 0;
  return (
    <Panel title={t.tabs.contacts}>
      <div className="toolbar above-list">
        <Search campaignId={campaignId} found={setFound} shown={found !== null} />
        {found === null ? <Filters campaignId={campaignId} narrow={narrow} change={setNarrow} /> : null}
      </div>
      <PagedTable
        name={t.tabs.contacts}
        empty={whole ? t.contacts.none : t.contacts.noneFound}
        queryKey={['contacts', campaignId, found?.map(({ id }) => id) ?? narrow]}
        load={async (after, signal) =>
          found === null
            ? api('GET /api/campaigns/:id/contacts', {
                params: { id: campaignId },
                query: { limit: 500, ...narrow, ...after },
                signal,
              })
            : { items: found, next: null, total: found.length }
        }
        rowKey={(contact) => contact.id}
        columns={[
          { title: columns.name, width: 100, cell: (contact) => contact.nameMasked },
          { title: columns.number, width: 140, cell: (contact) => contact.numberMasked },
          { title: columns.region, width: 90, cell: (contact) => contact.region },
          { title: columns.state, width: 100, cell: (contact) => stateWords[contact.state] },
          { title: columns.due, width: 130, cell: (contact) => format.moment(contact.dueAt) },
          { title: columns.attempts, width: 90, number: true, cell: (contact) => format.number(contact.attempts) },
          { title: columns.last, width: 130, cell: (contact) => word(w.outcomes, contact.lastOutcome) },
          { title: columns.reason, width: 190, cell: (contact) => sayReason(contact.reason) },
        ]}
      />
    </Panel>
  );
}
