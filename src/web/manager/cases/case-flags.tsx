import type { CaseFile } from '../../../contract/cases.ts';
import { useTexts } from '../../i18n/locale.tsx';
import { work } from '../../i18n/work/index.ts';
import { Badge } from '../../shared/page.tsx';

export function CaseFlags({ file }: { file: CaseFile }) {
  const t = useTexts(work).cases.flags;
  return (
    <>
      {file.overdue ? <Badge tone="bad">{t.overdue}</Badge> : null}
      {file.serious ? <Badge tone="bad">{t.serious}</Badge> : null}
      {file.repeated ? <Badge tone="warn">{t.repeated}</Badge> : null}
      {file.escalated ? <Badge tone="warn">{t.escalated}</Badge> : null}
    </>
  );
}
