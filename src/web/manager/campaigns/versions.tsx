import { useQuery } from '@tanstack/react-query';
import type { CampaignSettings } from '../../../contract/campaigns.ts';
import { api } from '../../api/client.ts';
import { campaigns } from '../../i18n/campaigns/index.ts';
import { useFormat, useTexts, word } from '../../i18n/locale.tsx';
import { words } from '../../i18n/words/index.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { Panel } from '../../shared/page.tsx';
import { Empty, QueryView } from '../../shared/states.tsx';

type Part = keyof CampaignSettings;
/** In the words of the tabs on which they are set; the rest is set with the pace. */
const tabOf = (part: Part): 'hours' | 'quality' | 'texts' | 'pace' => {
  if (part === 'calling' || part === 'limits' || part === 'retry') return 'hours';
  if (part === 'quality') return 'quality';
  return part === 'texts' || part === 'messages' ? 'texts' : 'pace';
};

/** The tabs on which something differs from the version before. */
function changed(settings: CampaignSettings, before: CampaignSettings | undefined) {
  if (before === undefined) return [];
  const parts = Object.keys(settings).filter((key): key is Part => key in before);
  return [...new Set(parts.filter((part) => !same(settings[part], before[part])).map(tabOf))];
}
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** Who changed the settings when, and the pace each version set. */
export function Versions({ campaignId }: { campaignId: string }) {
  const t = useTexts(campaigns);
  const w = useTexts(words);
  const format = useFormat();
  const query = useQuery({
    queryKey: ['campaign', campaignId, 'versions'],
    queryFn: ({ signal }) => api('GET /api/campaigns/:id/settings', { params: { id: campaignId }, signal }),
  });
  return (
    <Panel title={t.tabs.versions}>
      <QueryView query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t.versions.none} />
          ) : (
            <DataTable
              rows={items.map((item, index) => ({ ...item, before: items[index + 1]?.settings }))}
              rowKey={({ version }) => String(version)}
              columns={[
                { title: t.versions.version, head: true, cell: ({ version }) => format.number(version) },
                { title: t.versions.at, nowrap: true, cell: ({ changedAt }) => format.dateTime(changedAt) },
                { title: t.versions.by, cell: ({ changedBy }) => changedBy ?? '' },
                {
                  title: t.versions.changed,
                  cell: ({ settings, before }) =>
                    format.list(changed(settings, before).map((tab) => t.versions.tabs[tab])),
                },
                { title: t.pace.mode, cell: ({ settings }) => word(w.modes, settings.pacing.mode) },
                {
                  title: w.figures.talkUtilization,
                  cell: ({ settings: { pacing } }) =>
                    pacing.band
                      ? w.figures.band(format.percent(pacing.band.min, 0), format.percent(pacing.band.max, 0))
                      : w.figures.noBand,
                },
                {
                  title: t.pace.cap,
                  num: true,
                  cell: ({ settings }) => format.percent(settings.pacing.maxAbandonRate),
                },
                { title: t.pace.lines, num: true, cell: ({ settings }) => format.number(settings.pacing.maxLines) },
              ]}
            />
          )
        }
      </QueryView>
    </Panel>
  );
}
