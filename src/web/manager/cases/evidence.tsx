import { Button } from 'antd';
import { useState } from 'react';
import type { CaseDetail } from '../../../contract/cases.ts';
import { useMay } from '../../app/me.tsx';
import { Link } from '../../app/router.tsx';
import { useTexts } from '../../i18n/locale.tsx';
import { work } from '../../i18n/work/index.ts';
import { Listening } from '../../inspector/player/listening.tsx';
import { Panel } from '../../shared/page.tsx';

/** What a case is checked against: the customer's recordings, what was judged of them, the sale, and the case it doubles. */
export function Evidence({ file: { recordingIds, inspectionIds, saleId, duplicateOf } }: { file: CaseDetail }) {
  const t = useTexts(work).cases;
  const may = useMay();
  const [heard, hear] = useState<string | null>(null);
  const recordings = may('recording.listen') ? recordingIds : [];
  const inspections = may('inspection.judge') || may('inspection.assign') ? inspectionIds : [];
  const links = [
    ...inspections.map((id, index) => ({ to: `/inspections/${id}`, says: t.inspection(String(index + 1)) })),
    ...(saleId !== null && may('sale.read') ? [{ to: `/sales/${saleId}`, says: t.sale }] : []),
    ...(duplicateOf === null ? [] : [{ to: `/cases/${duplicateOf}`, says: t.original }]),
  ];
  if (recordings.length + links.length === 0) return null;
  return (
    <Panel title={t.evidence}>
      <div className="row">
        {recordings.map((id, index) => (
          <Button key={id} size="small" aria-pressed={heard === id} onClick={() => hear(heard === id ? null : id)}>
            {t.recording(String(index + 1))}
          </Button>
        ))}
        {links.map(({ to, says }) => (
          <Link key={to} to={to}>
            {says}
          </Link>
        ))}
      </div>
      {heard === null ? null : <Listening key={heard} recordingId={heard} />}
    </Panel>
  );
}
