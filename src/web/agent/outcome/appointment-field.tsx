import { Button, Checkbox, Input } from 'antd';
import { Suspense, useId } from 'react';
import { agent } from '../../i18n/agent/index.ts';
import { common } from '../../i18n/common/index.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import type { ChangeDraft, Draft } from '../call/draft.ts';
import { late } from '../../shared/late.ts';

const hour = 3_600_000;

/** A time of day, so many days from now, in this browser's zone. */
function clockOn(now: number, days: number, hours: number): number {
  const day = new Date(now);
  day.setDate(day.getDate() + days);
  return day.setHours(hours, 0, 0, 0);
}

/** Calendars are loaded when the first appointment is made. */
const MomentField = late(() => import('../../shared/moment-field.ts'));

export function AppointmentField(props: { draft: Draft; change: ChangeDraft; fault: boolean; now: number }) {
  const { draft, change, fault, now } = props;
  const t = useTexts(agent).outcome;
  const c = useTexts(common);
  const format = useFormat();
  const id = useId();
  const quick = [
    { label: t.quick.hour, at: Math.ceil((now + hour) / 300_000) * 300_000 },
    { label: t.quick.evening, at: clockOn(now, 0, 19) },
    { label: t.quick.tomorrow, at: clockOn(now, 1, 10) },
    { label: t.quick.tomorrowLater, at: clockOn(now, 1, 15) },
  ].filter(({ at }) => at > now);
  return (
    <div className="field" data-missing={fault}>
      <label htmlFor={id}>{t.at}</label>
      <div className="quick">
        {quick.map(({ label, at }) => (
          <Button
            key={label}
            size="small"
            type={draft.at === at ? 'primary' : 'default'}
            onClick={() => change({ at })}
          >
            {label}
          </Button>
        ))}
      </div>
      <Suspense fallback={<Input id={id} disabled />}>
        <MomentField id={id} value={draft.at} aria-invalid={fault} notBefore={now} change={(at) => change({ at })} />
      </Suspense>
      {draft.at === null ? null : <p className="field-hint">{format.dateTime(draft.at)}</p>}
      {fault ? <p className="field-fault">{draft.at === null ? c.required : t.pastTime}</p> : null}
      <Checkbox checked={draft.withMe} onChange={(event) => change({ withMe: event.target.checked })}>
        {t.withMe}
      </Checkbox>
    </div>
  );
}
