import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import type { EffectSummary } from '../../../contract/effects.ts';
import { address, api } from '../../api/client.ts';
import { useMay } from '../../app/me.tsx';
import { effects } from '../../i18n/effects/index.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { Field } from '../../shared/field.tsx';
import { Page, Panel } from '../../shared/page.tsx';
import { Empty, QueryView } from '../../shared/states.tsx';
import { useMonth } from '../customers/words.ts';
import { CustomersBehind, type EffectQuestion } from './customers-behind.tsx';
import { EffectTable } from './effect-table.tsx';

const groups = ['spoken-with', 'not-called'] as const;

function Summary({ summary }: { summary: EffectSummary }) {
  const t = useTexts(effects);
  const format = useFormat();
  const inWords = useMonth();
  const [open, setOpen] = useState<EffectQuestion | null>(null);
  return (
    <div className="column">
      {summary.missing.length === 0 ? null : (
        <p role="status">{t.missing(format.list(summary.missing.map(inWords)))}</p>
      )}
      {groups.map((group) => (
        <Panel key={group} title={t.groups[group]}>
          <p className="muted small">{t.groupHints[group]}</p>
          <EffectTable group={group} rows={summary.groups[group]} open={setOpen} />
          {group === 'spoken-with' && summary.strangers > 0 ? (
            <p className="muted small">{t.strangers(format.number(summary.strangers))}</p>
          ) : null}
        </Panel>
      ))}
      <p>{t.noExperiment}</p>
      <p className="muted small">{t.rules(format.number(summary.rules))}</p>
      <p className="muted small">{t.terms}</p>
      {open === null ? null : (
        <CustomersBehind
          {...{ campaignId: summary.campaign.id, month: summary.origin, question: open }}
          close={() => setOpen(null)}
        />
      )}
    </div>
  );
}

function OfMonth({ campaignId, month }: { campaignId: string; month: string }) {
  const t = useTexts(effects);
  const may = useMay();
  const query = useQuery({
    queryKey: ['effect', campaignId, month],
    queryFn: ({ signal }) =>
      api('GET /api/campaigns/:id/effect', { params: { id: campaignId }, query: { month }, signal }),
  });
  return (
    <>
      {may('export') ? (
        <p>
          <Button href={address('GET /api/campaigns/:id/effect/csv', { params: { id: campaignId }, query: { month } })}>
            {t.file}
          </Button>
        </p>
      ) : null}
      <QueryView query={query}>{(summary) => <Summary summary={summary} />}</QueryView>
    </>
  );
}

function OfCampaign({ campaignId }: { campaignId: string }) {
  const t = useTexts(effects);
  const format = useFormat();
  const inWords = useMonth();
  const [chosen, choose] = useState<string | null>(null);
  const query = useQuery({
    queryKey: ['effect-months', campaignId],
    queryFn: ({ signal }) => api('GET /api/campaigns/:id/effect/months', { params: { id: campaignId }, signal }),
  });
  return (
    <QueryView query={query}>
      {({ items }) => {
        const month = chosen ?? items[0]?.month;
        if (month === undefined) return <Empty title={t.none} hint={t.noneHint} />;
        return (
          <>
            <Field label={t.month}>
              {(tie) => (
                <Select
                  {...tie}
                  value={month}
                  onChange={choose}
                  options={items.map((one) => ({
                    value: one.month,
                    label: t.monthOption(inWords(one.month), format.number(one.customers)),
                  }))}
                />
              )}
            </Field>
            <OfMonth campaignId={campaignId} month={month} />
          </>
        );
      }}
    </QueryView>
  );
}

/** What became of the customers with whom a campaign spoke, beside those whom nobody called. */
export default function EffectsPage() {
  const t = useTexts(effects);
  const [chosen, choose] = useState<string | null>(null);
  const query = useQuery({
    queryKey: ['campaigns'],
    queryFn: ({ signal }) => api('GET /api/campaigns', { signal }),
  });
  return (
    <Page title={t.title} intro={t.intro}>
      <QueryView query={query}>
        {({ items }) => {
          const campaignId = chosen ?? items[0]?.id;
          if (campaignId === undefined) return <Empty title={t.noCampaigns} />;
          return (
            <div className="column">
              <Field label={t.campaign}>
                {(tie) => (
                  <Select
                    {...tie}
                    value={campaignId}
                    onChange={choose}
                    options={items.map(({ id, name }) => ({ value: id, label: name }))}
                  />
                )}
              </Field>
              <OfCampaign key={campaignId} campaignId={campaignId} />
            </div>
          );
        }}
      </QueryView>
    </Page>
  );
}
