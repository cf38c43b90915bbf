import { Progress } from 'antd';
import type { LongJob } from '../../../contract/long-jobs.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { longJobs } from '../../i18n/long-jobs/index.ts';
import { EndlessBar } from '../endless-bar.tsx';
import { useProblemOfCode } from '../states.tsx';
import { running } from './queries.ts';

/** How far a job is; without a known end a bar that moves, with what is done beside it. */
export function JobProgress({ job, hint = true }: { job: LongJob; hint?: boolean }) {
  const t = useTexts(longJobs);
  const format = useFormat();
  const { done, total } = job;
  const name = t.kinds[job.kind];
  const far =
    total !== null
      ? t.of(format.number(done), format.number(total), t.units[job.kind])
      : done > 0
        ? t.lines(format.number(done))
        : '';
  return (
    <div role="status" data-testid="job-progress">
      {total === null ? (
        <EndlessBar label={name} />
      ) : (
        <Progress percent={Math.round((done / Math.max(1, total)) * 100)} status="active" aria-label={name} />
      )}
      <span className="muted small">
        {[far, t.since(format.moment(job.startedAt))].filter((part) => part !== '').join(' · ')}
        {hint ? ` · ${t.mayLeave}` : ''}
      </span>
    </div>
  );
}

/** Why a job came to nothing, in the reader's language. */
export function useJobFailure(): (job: LongJob) => string {
  const t = useTexts(longJobs);
  const say = useProblemOfCode();
  return ({ failure }) => {
    if (failure === 'interrupted') return t.interrupted;
    return failure === 'broken-off' ? t.brokenOff : say(failure ?? '');
  };
}

/** On the page of its subject, for whoever waits there or comes back: how far the running one is, or nothing. */
export function JobUnderWay({ job }: { job: LongJob | undefined }) {
  return job !== undefined && running(job) ? <JobProgress job={job} /> : null;
}
