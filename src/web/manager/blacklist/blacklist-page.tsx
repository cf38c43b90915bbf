import { useMutation } from '@tanstack/react-query';
import { Button, Checkbox, Input } from 'antd';
import { useState } from 'react';
import type { BlacklistEntry } from '../../../contract/blacklist.ts';
import { api } from '../../api/client.ts';
import { useMay } from '../../app/me.tsx';
import { common } from '../../i18n/common/index.ts';
import { useFormat, useTexts, word } from '../../i18n/locale.tsx';
import { work } from '../../i18n/work/index.ts';
import { useOutcome } from '../../shared/feedback.ts';
import { Field } from '../../shared/field.tsx';
import { Badge, Page, Panel } from '../../shared/page.tsx';
import { PagedTable } from '../../shared/paged-table.tsx';
import { ReasonDialog } from '../../shared/reason-dialog.tsx';
import { AddNumber } from './add-number.tsx';
import { ExternalLists } from './external-lists.tsx';

const holds = ({ removedAt, endsAt }: BlacklistEntry): boolean =>
  removedAt === null && (endsAt === null || endsAt > Date.now());

function Search() {
  const t = useTexts(work).blacklist;
  const c = useTexts(common);
  const format = useFormat();
  const { refused } = useOutcome();
  const [number, setNumber] = useState('');
  const search = useMutation({
    mutationFn: () => api('POST /api/blacklist/search', { body: { number } }),
    onError: refused,
  });
  return (
    <Panel title={t.search}>
      <form
        className="toolbar"
        onSubmit={(event) => {
          event.preventDefault();
          search.mutate();
        }}
      >
        <Field label={t.number}>
          {(tie) => <Input {...tie} type="tel" value={number} onChange={(event) => setNumber(event.target.value)} />}
        </Field>
        <Button htmlType="submit" disabled={number.trim().length < 3} loading={search.isPending}>
          {c.search}
        </Button>
      </form>
      <p className="field-hint">{t.searchHint}</p>
      {search.data ? (
        <div role="status" className="spaced-top">
          {search.data.items.every((entry) => !holds(entry)) && search.data.external.length === 0 ? (
            <p className="note tone-ok">{t.notFound}</p>
          ) : null}
          {search.data.items.map((entry) => (
            <p key={entry.id} className={`note tone-${holds(entry) ? 'warn' : 'info'}`}>
              <span className="nowrap">{entry.numberMasked}</span> · {t.scopes[entry.scope]} · {t.reasons[entry.reason]}{' '}
              · {format.date(entry.addedAt)}
              {entry.removedAt !== null
                ? ` · ${t.removed(entry.removedBy ?? '', entry.removal ?? '')}`
                : entry.endsAt === null
                  ? ''
                  : ` · ${(holds(entry) ? t.inForceUntil : t.ended)(format.date(entry.endsAt))}`}
            </p>
          ))}
          {search.data.external.map((hit) => (
            <p key={hit.listId} className="note tone-warn">
              {hit.numbersMasked.join(', ')} · {t.onList(hit.name)} · {t.scopes[hit.scope]} · {t.reasons[hit.reason]} ·{' '}
              {t.asOf(format.date(hit.asOf))}
            </p>
          ))}
        </div>
      ) : null}
    </Panel>
  );
}

/** In force for ever, until a day, or no more. */
function StateOf({ entry }: { entry: BlacklistEntry }) {
  const t = useTexts(work).blacklist;
  const format = useFormat();
  if (entry.endsAt === null) return <Badge tone="ok">{t.inForce}</Badge>;
  const over = entry.endsAt <= Date.now();
  return <Badge tone={over ? 'info' : 'ok'}>{(over ? t.ended : t.inForceUntil)(format.date(entry.endsAt))}</Badge>;
}

/** Numbers that are not called. Removal is a manager's act with a reason; the entry stays in sight. */
export default function BlacklistPage() {
  const t = useTexts(work).blacklist;
  const c = useTexts(common);
  const format = useFormat();
  const may = useMay();
  const { done, refused } = useOutcome();
  const [current, setCurrent] = useState(false);
  const [adding, setAdding] = useState(false);
  const [asking, ask] = useState<BlacklistEntry | null>(null);
  const remove = useMutation({
    mutationFn: ({ id, why }: { id: string; why: string }) =>
      api('POST /api/blacklist/:id/remove', { params: { id }, body: { why } }),
    onSuccess: () => {
      ask(null);
      return done(t.takenBack, 'blacklist');
    },
    onError: refused,
  });
  const { columns } = t;
  return (
    <Page
      title={t.title}
      intro={t.intro}
      actions={
        <>
          <Checkbox checked={current} onChange={(event) => setCurrent(event.target.checked)}>
            {t.currentOnly}
          </Checkbox>
          {may('blacklist.add') ? (
            <Button type="primary" onClick={() => setAdding(true)} data-testid="add-number">
              {t.add}
            </Button>
          ) : null}
        </>
      }
    >
      {adding ? <AddNumber close={() => setAdding(false)} /> : null}
      <div className="grid two">
        <Search />
        <ExternalLists />
      </div>
      <Panel title={t.title} quiet>
        <PagedTable
          name={t.title}
          empty={t.none}
          queryKey={['blacklist', current]}
          load={(after, signal) =>
            api('GET /api/blacklist', { query: { limit: 100, ...(current ? { current } : {}), ...after }, signal })
          }
          rowKey={(entry) => entry.id}
          columns={[
            {
              title: columns.number,
              width: 155,
              cell: (entry) => <span className="nowrap">{entry.numberMasked}</span>,
            },
            { title: columns.reason, width: 110, cell: (entry) => t.reasons[entry.reason] },
            { title: columns.scope, width: 130, cell: (entry) => t.scopes[entry.scope] },
            { title: columns.source, width: 125, cell: (entry) => word(t.sources, entry.source) },
            {
              title: columns.added,
              width: 180,
              cell: (entry) => [format.date(entry.addedAt), entry.addedBy].filter(Boolean).join(' · '),
            },
            {
              title: columns.state,
              width: 160,
              cell: (entry) =>
                entry.removedAt === null ? (
                  <StateOf entry={entry} />
                ) : (
                  <span className="muted small">{t.removed(entry.removedBy ?? '', entry.removal ?? '')}</span>
                ),
            },
            {
              title: c.actions,
              width: 110,
              cell: (entry) =>
                entry.removedAt === null && may('blacklist.remove') ? (
                  <Button size="small" onClick={() => ask(entry)}>
                    {t.remove}
                  </Button>
                ) : (
                  ''
                ),
            },
          ]}
        />
      </Panel>
      <ReasonDialog
        open={asking !== null}
        title={t.removeTitle(asking?.numberMasked ?? '')}
        hint={t.removeHint}
        label={t.why}
        action={t.remove}
        danger
        busy={remove.isPending}
        close={() => ask(null)}
        send={(why) => {
          if (asking) remove.mutate({ id: asking.id, why });
        }}
      />
    </Page>
  );
}
