import { useQuery } from '@tanstack/react-query';
import { Button, Drawer } from 'antd';
import { useState } from 'react';
import type { LongJob } from '../../contract/long-jobs.ts';
import { useFormat, useTexts } from '../i18n/locale.tsx';
import { longJobs } from '../i18n/long-jobs/index.ts';
import { Icon } from '../shared/icons.tsx';
import { JobProgress, useJobFailure } from '../shared/long-jobs/job-progress.tsx';
import { longJobsQuery, running } from '../shared/long-jobs/queries.ts';
import { Badge } from '../shared/page.tsx';
import { Link } from './router.tsx';

const tones = { running: 'info', done: 'ok', failed: 'bad' } as const;

/** The page on which a job's result is looked at. */
function placeOf({ kind, subjectId }: LongJob): string {
  if (kind === 'what-if') return '/what-if';
  if (kind === 'segments') return '/segments';
  if (kind === 'external-list') return '/blacklist';
  if (kind === 'week') return '/summaries';
  if (kind === 'audit-check' || kind === 'audit-file') return '/audit';
  if (kind === 'register-file') return '/register';
  if (kind === 'billing-file') return '/billing';
  return kind === 'draw-check' ? `/draws/${subjectId}` : `/campaigns/${subjectId}`;
}

function Line({ job, close }: { job: LongJob; close: () => void }) {
  const t = useTexts(longJobs);
  const format = useFormat();
  const failure = useJobFailure();
  // A day is said as the language says it; all else is a name.
  const aboutWords = (about: string) => (/^\d{4}-\d{2}-\d{2}$/.test(about) ? format.days(about, about) : about);
  return (
    <li className="column tight">
      <div className="row spread">
        <span>
          <span className="strong">{t.kinds[job.kind]}</span>{' '}
          {job.about === '' ? null : <span className="muted">{aboutWords(job.about)}</span>}
        </span>
        <span className="row">
          <Badge tone={tones[job.state]}>{t.states[job.state]}</Badge>
          <Link to={placeOf(job)} onClick={close}>
            {t.open}
          </Link>
        </span>
      </div>
      {running(job) ? <JobProgress job={job} hint={false} /> : null}
      {job.endedAt === null ? null : <span className="muted small">{t.at(format.moment(job.endedAt))}</span>}
      {job.state === 'failed' ? <p className="field-fault">{failure(job)}</p> : null}
    </li>
  );
}

/** On every page of the office: what runs, and what has ended since one last looked. */
export function JobsMark() {
  const t = useTexts(longJobs);
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const [looked, look] = useState(() => Date.now());
  const jobs = useQuery(longJobsQuery()).data?.items ?? [];
  const busy = jobs.filter(running).length;
  const ended = jobs.filter(({ endedAt }) => endedAt !== null && endedAt > looked).length;
  const close = () => {
    setOpen(false);
    look(Math.max(looked, ...jobs.map(({ endedAt }) => endedAt ?? 0)));
  };
  if (jobs.length === 0) return null;
  const said = busy > 0 ? t.mark(format.number(busy)) : ended > 0 ? t.ended(format.number(ended)) : null;
  return (
    <>
      <Button
        type="text"
        icon={<Icon name="clock" />}
        onClick={() => setOpen(true)}
        title={t.title}
        {...(said === null ? { 'aria-label': t.title } : {})}
        data-testid="long-jobs"
      >
        {said === null ? null : (
          <>
            <span className="quiet-on-phone">{said}</span>
            <span className="phone-only count-on-icon" aria-hidden="true">
              {format.number(busy > 0 ? busy : ended)}
            </span>
          </>
        )}
      </Button>
      <Drawer title={t.title} open={open} onClose={close} size={Math.min(420, window.innerWidth)}>
        <p className="muted">{t.intro}</p>
        <ul className="line-list">
          {jobs.map((job) => (
            <Line key={job.id} job={job} close={close} />
          ))}
        </ul>
      </Drawer>
    </>
  );
}
