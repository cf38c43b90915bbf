import { useQuery } from '@tanstack/react-query';
import type { CampaignSettings } from '../../../contract/campaigns.ts';
import { api } from '../../api/client.ts';
import { campaigns } from '../../i18n/campaigns/index.ts';
import { useFormat, useTexts, word } from '../../i18n/locale.tsx';
import { words } from '../../i18n/words/index.ts';
import { Panel } from '../../shared/page.tsx';
import { Empty, QueryView } from '../../shared/states.tsx';
import { TableScroll } from '../../shared/table-scroll.tsx';

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
            <TableScroll>
              <table className="plain-table">
                <thead>
                  <tr>
                    <th scope="col">{t.versions.version}</th>
                    <th scope="col">{t.versions.at}</th>
                    <th scope="col">{t.versions.by}</th>
                    <th scope="col">{t.versions.changed}</th>
                    <th scope="col">{t.pace.mode}</th>
                    <th scope="col">{w.figures.talkUtilization}</th>
                    <th scope="col" className="num">
                      {t.pace.cap}
                    </th>
                    <th scope="col" className="num">
                      {t.pace.lines}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {items.map(({ version, changedAt, changedBy, settings, settings: { pacing } }, index) => (
                    <tr key={version}>
                      <th scope="row">{format.number(version)}</th>
                      <td className="nowrap">{format.dateTime(changedAt)}</td>
                      <td>{changedBy ?? ''}</td>
                      <td>
                        {format.list(changed(settings, items[index + 1]?.settings).map((tab) => t.versions.tabs[tab]))}
                      </td>
                      <td>{word(w.modes, pacing.mode)}</td>
                      <td>
                        {pacing.band
                          ? w.figures.band(format.percent(pacing.band.min, 0), format.percent(pacing.band.max, 0))
                          : w.figures.noBand}
                      </td>
                      <td className="num">{format.percent(pacing.maxAbandonRate)}</td>
                      <td className="num">{format.number(pacing.maxLines)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </TableScroll>
          )
        }
      </QueryView>
    </Panel>
  );
}
