import type { DrawCheck } from '../../../contract/draws.ts';
import { inspector } from '../../i18n/inspector/index.ts';
import { useFormat, useTexts, word } from '../../i18n/locale.tsx';
import { longJobs } from '../../i18n/long-jobs/index.ts';
import { DataTable } from '../../shared/data-table.tsx';

/** What came of recomputing: the same, or what is not, down to the recording and the field. */
export function DrawDifferences({ check }: { check: DrawCheck }) {
  const t = useTexts(inspector);
  const jobs = useTexts(longJobs);
  const format = useFormat();
  const d = t.draws;
  const { missing, unexpected, changed } = check;
  const counted = missing.length + unexpected.length + changed.length > 0;
  const c = d.differenceColumns;
  return (
    <div className={`note ${check.same ? 'tone-ok' : 'tone-bad'}`} role="status">
      <p className="small">{jobs.at(format.moment(check.recomputedAt))}</p>
      {check.same ? (
        <p>{d.same}</p>
      ) : (
        <>
          <p>
            {counted
              ? d.different(
                  format.number(missing.length),
                  format.number(unexpected.length),
                  format.number(changed.length),
                )
              : d.differentOtherwise}
          </p>
          {check.frameHashSame ? null : <p>{d.frameChanged}</p>}
          {check.commitmentSame ? null : <p>{d.keyChanged}</p>}
          <DataTable
            caption={d.differences}
            rows={check.differences.map((difference, place) => ({ ...difference, place }))}
            rowKey={({ place }) => String(place)}
            columns={[
              { title: c.what, cell: ({ fault }) => word(d.faults, fault) },
              {
                title: d.recording,

                cell: ({ recordingId }) => (recordingId === null ? '–' : <code className="small">{recordingId}</code>),
              },
              { title: c.field, cell: ({ field }) => (field === null ? '–' : word(d.fields, field)) },
              { title: c.kept, cell: ({ field, stored }) => shown(field, stored) },
              { title: c.recomputed, cell: ({ field, computed }) => shown(field, computed) },
            ]}
          />
        </>
      )}
    </div>
  );

  function shown(field: string | null, value: string): string {
    if (value === '') return '–';
    return field === 'reason' ? word(t.reasons, value) : value;
  }
}
