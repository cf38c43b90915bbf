import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client.ts';
import { inspector } from '../../i18n/inspector/index.ts';
import { useTexts } from '../../i18n/locale.tsx';
import { Page } from '../../shared/page.tsx';
import { Empty, QueryView } from '../../shared/states.tsx';
import { AgreementFigures } from './agreement-figures.tsx';

/** How far two judges agree who did not know of each other. */
export default function AgreementPage() {
  const t = useTexts(inspector).agreement;
  const query = useQuery({
    queryKey: ['agreement'],
    queryFn: ({ signal }) => api('GET /api/inspection-agreement', { query: {}, signal }),
  });
  return (
    <Page title={t.title} intro={t.intro}>
      <QueryView query={query}>
        {(data) =>
          data.pairs === 0 ? (
            <Empty title={t.none} hint={t.noneHint} />
          ) : (
            <AgreementFigures data={data} title={t.overall} />
          )
        }
      </QueryView>
    </Page>
  );
}
