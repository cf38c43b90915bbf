import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { inspector } from '../../i18n/inspector/index.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { CallFilter, callQuery, type CallSearch } from '../../shared/call-filter.tsx';
import { Page } from '../../shared/page.tsx';
import { Empty, QueryView } from '../../shared/states.tsx';
import { AgreementFigures } from './agreement-figures.tsx';

/** How far two judges agree who did not know of each other: of all time, or of a campaign and the days asked for. */
export default function AgreementPage() {
  const t = useTexts(inspector).agreement;
  const format = useFormat();
  const [search, setSearch] = useState<CallSearch>({});
  const query = useQuery({
    queryKey: ['agreement', search],
    queryFn: ({ signal }) => {
      const { campaignId, from, to } = callQuery(search);
      const asked = { campaignId, from, to };
      return api('GET /api/inspection-agreement', { query: asked, signal });
    },
  });
  return (
    <Page title={t.title} intro={t.intro}>
      <CallFilter search={search} change={setSearch} ofAll />
      <QueryView query={query}>
        {(data) =>
          data.pairs === 0 || data.firstAt === null || data.lastAt === null ? (
            <Empty title={t.none} hint={t.noneHint} />
          ) : (
            <AgreementFigures
              data={data}
              title={t.overall}
              note={t.between(format.date(data.firstAt), format.date(data.lastAt))}
            />
          )
        }
      </QueryView>
    </Page>
  );
}
