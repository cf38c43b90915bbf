import { Button, Modal } from 'antd';
import type { ContactList } from '../../../contract/lists.ts';
import { address, api } from '../../api/client.ts';
import { useMay } from '../../app/me.tsx';
import { campaigns } from '../../i18n/campaigns/index.ts';
import { common } from '../../i18n/common/index.ts';
import { useFormat, useTexts, word } from '../../i18n/locale.tsx';
import { useFocusBack } from '../../shared/focus-back.ts';
import { PagedTable } from '../../shared/paged-table.tsx';
import { JobUnderWay } from '../../shared/long-jobs/job-progress.tsx';
import { useLongJobs, useNoticeSoon } from '../../shared/long-jobs/queries.ts';

/** Every rejected line of a list with its number and reason, page by page, and as a file. */
export function RejectedLines({ list, close }: { list: ContactList; close: () => void }) {
  useFocusBack();
  const t = useTexts(campaigns).lists;
  const c = useTexts(common);
  const format = useFormat();
  const may = useMay();
  const { items: files } = useLongJobs({ kind: 'rejected-file', subjectId: list.campaignId });
  const noticeSoon = useNoticeSoon();
  /** A column by its name, or how many columns there were of how many. */
  const where = (field: string) => {
    const [found = '', wanted] = field.split(' ≠ ');
    return wanted === undefined ? word(t.reasons, field) : t.columnsFound(found, wanted);
  };
  return (
    <Modal
      title={t.rejectedTitle(list.name)}
      open
      onCancel={close}
      width={640}
      footer={
        <div className="row spread">
          {may('export') ? (
            <Button href={address('GET /api/lists/:id/rejected.csv', { params: { id: list.id } })} onClick={noticeSoon}>
              {c.download}
            </Button>
          ) : (
            <span />
          )}
          <Button type="primary" onClick={close}>
            {c.close}
          </Button>
        </div>
      }
    >
      <JobUnderWay job={files.find(({ about }) => about === list.name)} />
      <PagedTable
        name={t.rejectedTitle(list.name)}
        empty={t.noRejected}
        queryKey={['rejected', list.id]}
        load={(after, signal) =>
          api('GET /api/lists/:id/rejected', { params: { id: list.id }, query: { limit: 100, ...after }, signal })
        }
        rowKey={({ line }) => String(line)}
        height={420}
        columns={[
          { title: t.line, width: 100, number: true, cell: ({ line }) => format.number(line) },
          { title: t.reason, width: 280, cell: ({ reason }) => word(t.reasons, reason) },
          { title: t.field, width: 180, cell: ({ field }) => <span className="muted">{where(field)}</span> },
        ]}
      />
    </Modal>
  );
}
