import { Button, Modal } from 'antd';
import type { RejectedLine } from '../../../contract/lists.ts';
import { useMay } from '../../app/me.tsx';
import { campaigns } from '../../i18n/campaigns/index.ts';
import { common } from '../../i18n/common/index.ts';
import { useFormat, useTexts, word } from '../../i18n/locale.tsx';
import { useFocusBack } from '../../shared/focus-back.ts';
import { PagedTable } from '../../shared/paged-table.tsx';
import { JobUnderWay } from '../../shared/long-jobs/job-progress.tsx';
import { useLongJobs, useNoticeSoon } from '../../shared/long-jobs/queries.ts';

/** An imported table: what its file of rejected lines is kept under, where it lies, and how its lines are read. */
export type ImportedTable = {
  id: string;
  name: string;
  /** The campaign or client whose it is. */
  of: string;
  file: string;
  load: (
    after: { after?: string },
    signal: AbortSignal,
  ) => Promise<{ items: RejectedLine[]; next: string | null; total: number | null }>;
};

/** Every rejected line of a table with its number and reason, page by page, and as a file. */
export function RejectedLines({ table, close }: { table: ImportedTable; close: () => void }) {
  useFocusBack();
  const t = useTexts(campaigns).lists;
  const c = useTexts(common);
  const format = useFormat();
  const may = useMay();
  const { items: files } = useLongJobs({ kind: 'rejected-file', subjectId: table.of });
  const noticeSoon = useNoticeSoon();
  /** A column by its name, or how many columns there were of how many. */
  const where = (field: string) => {
    const [found = '', wanted] = field.split(' ≠ ');
    return wanted === undefined ? word(t.reasons, field) : t.columnsFound(found, wanted);
  };
  return (
    <Modal
      title={t.rejectedTitle(table.name)}
      open
      onCancel={close}
      width={640}
      footer={
        <div className="row spread">
          {may('export') ? (
            <Button href={table.file} onClick={noticeSoon}>
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
      <JobUnderWay job={files.find(({ about }) => about === table.name)} />
      <PagedTable
        name={t.rejectedTitle(table.name)}
        empty={t.noRejected}
        queryKey={['rejected', table.id]}
        load={table.load}
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
