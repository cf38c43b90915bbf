/** Types of customers: the rules in force, how many customers each takes, their versions; managers change them here. */
import './segments.css';
import '../../admin/forms/forms.css';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import type { Segments } from '../../../contract/segments.ts';
import { api } from '../../api/client.ts';
import { useMay } from '../../app/me.tsx';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { segments } from '../../i18n/segments/index.ts';
import { useOutcome } from '../../shared/feedback.ts';
import { Page, Panel } from '../../shared/page.tsx';
import { Empty, QueryView } from '../../shared/states.tsx';
import { TypesTable } from './counts.tsx';
import { Extractions } from './extractions.tsx';
import { RulesEditor } from './rules-editor.tsx';
import { Versions } from './versions.tsx';

type Chosen = Segments['clients'][number] | undefined;

function SortButton({ client }: { client: NonNullable<Chosen> }) {
  const t = useTexts(segments);
  const format = useFormat();
  const { done, refused } = useOutcome();
  const sort = useMutation({
    mutationFn: () => api('POST /api/segments/sort', { body: { clientId: client.id } }),
    onSuccess: ({ counts }) => done(t.sorted(format.number(counts.population)), 'segments', 'long-jobs'),
    onError: refused,
  });
  return (
    <Button type="primary" loading={sort.isPending} onClick={() => sort.mutate()} data-testid="sort-customers">
      {t.sort}
    </Button>
  );
}

function InForce(props: { kept: Segments; chosen: Chosen; choose: (id: string) => void; edit: (() => void) | null }) {
  const { kept, chosen, choose, edit } = props;
  const t = useTexts(segments);
  const format = useFormat();
  const { version, rules, changedAt, changedBy, clients } = kept;
  const run = chosen?.run ?? null;
  return (
    <Panel
      title={t.inForce}
      extra={
        <div className="row">
          <Select
            aria-label={t.client}
            className="wide-select"
            value={chosen?.id ?? null}
            options={clients.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(id) => (id === null ? undefined : choose(id))}
          />
          {edit === null ? null : (
            <>
              {chosen === undefined ? null : <SortButton client={chosen} />}
              <Button onClick={edit} data-testid="edit-segments">
                {t.edit}
              </Button>
            </>
          )}
        </div>
      }
    >
      <div className="column">
        <p className="muted">
          {t.version(format.number(version))}{' '}
          {changedAt === null ? t.startingSet : t.changedBy(changedBy?.name ?? t.somebody, format.dateTime(changedAt))}
        </p>
        {run === null ? (
          <p className="note tone-info">{t.notSorted}</p>
        ) : (
          <p>{t.sortedAt(format.month(`${run.month}-01`), format.number(run.version), format.dateTime(run.at))}</p>
        )}
        {run !== null && run.version !== version ? <p className="note tone-warn">{t.olderRules}</p> : null}
        <TypesTable rules={rules} counts={run?.counts ?? null} />
        {run === null ? null : (
          <p>
            {t.none}: {t.of(format.number(run.counts.none), format.number(run.counts.population))}
          </p>
        )}
        <p className="muted">{t.rest(format.number(rules.restMonths))}</p>
      </div>
    </Panel>
  );
}

function Loaded({ kept }: { kept: Segments }) {
  const t = useTexts(segments);
  const may = useMay();
  const [edits, setEdits] = useState(false);
  const [chosenId, choose] = useState<string | null>(null);
  const chosen = kept.clients.find(({ id }) => id === chosenId) ?? kept.clients[0];
  if (edits) return <RulesEditor kept={kept} clientId={chosen?.id ?? null} close={() => setEdits(false)} />;
  return (
    <div className="column wide-gap">
      {kept.clients.length === 0 ? <Empty title={t.noClient} hint={t.noClientHint} /> : null}
      <InForce {...{ kept, chosen, choose }} edit={may('segment.write') ? () => setEdits(true) : null} />
      <Extractions kept={kept} />
      <Versions />
    </div>
  );
}

export default function SegmentsPage() {
  const t = useTexts(segments);
  const query = useQuery({ queryKey: ['segments'], queryFn: ({ signal }) => api('GET /api/segments', { signal }) });
  return (
    <Page title={t.title} intro={t.intro}>
      <QueryView query={query}>{(kept) => <Loaded kept={kept} />}</QueryView>
    </Page>
  );
}
