import { Button } from 'antd';
import { useState } from 'react';
import type { SoldOffer } from '../../../contract/offers.ts';
import { address, api } from '../../api/client.ts';
import { useMay } from '../../app/me.tsx';
import { Link } from '../../app/router.tsx';
import { inspector } from '../../i18n/inspector/index.ts';
import { useFormat, useTexts, word } from '../../i18n/locale.tsx';
import { words } from '../../i18n/words/index.ts';
import { Icon } from '../../shared/icons.tsx';
import { JobUnderWay } from '../../shared/long-jobs/job-progress.tsx';
import { useLongJobs } from '../../shared/long-jobs/queries.ts';
import { CallFilter, callQuery, type CallSearch } from '../../shared/call-filter.tsx';
import { useOfferName } from '../../shared/offer-name.ts';
import { Badge, Page, Panel } from '../../shared/page.tsx';
import { PagedTable } from '../../shared/paged-table.tsx';

function OfferOf({ offer }: { offer: SoldOffer }) {
  return <div className="muted small">{useOfferName(offer)}</div>;
}

/** The register: everything that was ever said of a recording, newest first. */
export default function RegisterPage() {
  const t = useTexts(inspector);
  const w = useTexts(words);
  const format = useFormat();
  const may = useMay();
  const { newest } = useLongJobs({ kind: 'register-file' });
  const [search, setSearch] = useState<CallSearch>({});
  const { columns } = t.register;
  return (
    <Page
      title={t.register.title}
      intro={t.register.intro}
      actions={
        may('register.export') ? (
          <Button
            icon={<Icon name="download" />}
            href={address('GET /api/inspection-register/csv', { query: callQuery(search) })}
          >
            {t.register.file}
          </Button>
        ) : null
      }
    >
      <JobUnderWay job={newest} />
      <CallFilter search={search} change={setSearch} />
      <Panel title={t.register.title} quiet>
        <PagedTable
          name={t.register.title}
          empty={Object.keys(search).length === 0 ? t.register.none : t.register.noneSuch}
          queryKey={['register', search]}
          load={(after, signal) =>
            api('GET /api/inspection-register', { query: { limit: 100, ...callQuery(search), ...after }, signal })
          }
          rowKey={(entry) => entry.id}
          columns={[
            {
              title: columns.at,
              width: 170,
              cell: (entry) =>
                may('inspection.judge') || may('inspection.assign') ? (
                  <Link to={`/inspections/${entry.inspectionId}`}>{format.dateTime(entry.at)}</Link>
                ) : (
                  format.dateTime(entry.at)
                ),
            },
            { title: columns.entry, width: 115, cell: (entry) => t.register.entries[entry.entry] },
            {
              title: columns.call,
              width: 170,
              cell: ({ agent, campaign, offer }) => (
                <>
                  {agent?.name ?? t.queue.hiddenAgent}
                  <div className="muted small">{campaign.name}</div>
                  {offer === null ? null : <OfferOf offer={offer} />}
                </>
              ),
            },
            { title: columns.by, width: 110, cell: (entry) => entry.by?.name ?? '' },
            {
              title: columns.result,
              width: 120,
              cell: (entry) =>
                entry.qualified === null ? (
                  ''
                ) : (
                  <Badge tone={entry.qualified ? 'ok' : 'bad'}>
                    {entry.qualified ? t.judge.verdict.qualified : t.judge.verdict.unqualified}
                  </Badge>
                ),
            },
            {
              title: columns.text,
              width: 300,
              cell: (entry) => {
                const failed = entry.answers.filter(({ verdict }) => verdict === 'fail');
                const found = failed.map(({ criterion, atSecond }) =>
                  atSecond === null
                    ? word(w.criteria, criterion)
                    : `${word(w.criteria, criterion)} ${t.judge.at(format.clock(atSecond * 1000))}`,
                );
                return [...found, entry.about?.name ?? '', entry.text].filter((part) => part !== '').join(' · ');
              },
            },
          ]}
        />
      </Panel>
    </Page>
  );
}
