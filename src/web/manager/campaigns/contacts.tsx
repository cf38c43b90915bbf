import { campaigns } from '../../i18n/campaigns/index.ts';
import { useFormat, useTexts, word } from '../../i18n/locale.tsx';
import { wallboard } from '../../i18n/wallboard/index.ts';
import { words } from '../../i18n/words/index.ts';
import { api } from '../../api/client.ts';
import { Panel } from '../../shared/page.tsx';
import { useUndialledReason } from '../../shared/undialled.ts';
import { PagedTable } from '../../shared/paged-table.tsx';

/** Contacts with why each is not dialled now; the list may have hundreds of thousands of rows, of which few are drawn. */
export function Contacts({ campaignId }: { campaignId: string }) {
  const t = useTexts(campaigns);
  const s = useTexts(wallboard);
  const w = useTexts(words);
  const format = useFormat();
  const sayReason = useUndialledReason();
  const states = {
    waiting: s.contactStates.waiting,
    'in-attempt': s.contactStates.inAttempt,
    finished: s.contactStates.finished,
  };
  const { columns } = t.contacts;
  return (
    <Panel title={t.tabs.contacts}>
      <PagedTable
        name={t.tabs.contacts}
        empty={t.contacts.none}
        queryKey={['contacts', campaignId]}
        load={(after, signal) =>
          api('GET /api/campaigns/:id/contacts', {
            params: { id: campaignId },
            query: { limit: 500, ...after },
            signal,
          })
        }
        rowKey={(contact) => contact.id}
        columns={[
          { title: columns.name, width: 100, cell: (contact) => contact.nameMasked },
          { title: columns.number, width: 140, cell: (contact) => contact.numberMasked },
          { title: columns.region, width: 90, cell: (contact) => contact.region },
          { title: columns.state, width: 100, cell: (contact) => states[contact.state] },
          { title: columns.due, width: 130, cell: (contact) => format.moment(contact.dueAt) },
          { title: columns.attempts, width: 90, cell: (contact) => format.number(contact.attempts) },
          { title: columns.last, width: 130, cell: (contact) => word(w.outcomes, contact.lastOutcome) },
          { title: columns.reason, width: 190, cell: (contact) => sayReason(contact.reason) },
        ]}
      />
    </Panel>
  );
}
