import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Input } from 'antd';
import { useState } from 'react';
import type { CalendarDay } from '../../contract/organisation.ts';
import { api } from '../api/client.ts';
import { admin } from '../i18n/admin/index.ts';
import { common } from '../i18n/common/index.ts';
import { useFormat, useTexts } from '../i18n/locale.tsx';
import { useConfirm } from '../shared/confirm.ts';
import { useUnsaved } from '../shared/unsaved.ts';
import { useOutcome } from '../shared/feedback.ts';
import { DateField } from '../shared/date-fields.tsx';
import { Field } from '../shared/field.tsx';
import { Badge } from '../shared/page.tsx';
import { QueryView } from '../shared/states.tsx';

const dayMs = 86_400_000;

/** All calendar days from one to another, both included; the first alone where the second is empty or before it. */
function daysOf(from: string, until: string): string[] {
  const first = Date.parse(from);
  const last = Math.max(first, until === '' ? first : Date.parse(until));
  return Array.from({ length: (last - first) / dayMs + 1 }, (_, n) =>
    new Date(first + n * dayMs).toISOString().slice(0, 10),
  );
}

/** Public holidays and make-up working days of a centre. */
export function Calendar({ centreId }: { centreId: string }) {
  const t = useTexts(admin).organisation;
  const format = useFormat();
  const c = useTexts(common);
  const { done, refused } = useOutcome();
  const confirm = useConfirm();
  const [date, setDate] = useState('');
  const [until, setUntil] = useState('');
  const [label, setLabel] = useState('');
  const [working, setWorking] = useState(false);
  useUnsaved(date !== '' || label !== '');
  const params = { id: centreId };
  const query = useQuery({
    queryKey: ['calendar', centreId],
    queryFn: ({ signal }) => api('GET /api/centres/:id/calendar', { params, signal }),
  });
  const save = useMutation({
    mutationFn: (items: CalendarDay[]) => api('PUT /api/centres/:id/calendar', { params, body: { items } }),
    onSuccess: () => done(c.saved, 'calendar'),
    onError: refused,
  });
  return (
    <>
      <h3 className="spaced-top">{t.calendar}</h3>
      <QueryView query={query}>
        {({ items }) => (
          <>
            {items.length === 0 ? <p className="muted">{t.noExceptions}</p> : null}
            <ul className="line-list">
              {items.map((day) => (
                <li key={day.date} className="row spread">
                  <span>
                    {format.days(day.date, day.date)} {day.label}
                  </span>
                  <span className="row">
                    <Badge tone={day.working ? 'info' : 'plain'}>{day.working ? t.working : t.holiday}</Badge>
                    <Button
                      size="small"
                      aria-label={`${c.remove} ${format.days(day.date, day.date)}`}
                      onClick={() =>
                        confirm({
                          title: t.removeDayTitle(format.days(day.date, day.date)),
                          consequence: day.working ? t.removeWorkingHint : t.removeHolidayHint,
                          action: c.remove,
                          act: () => save.mutateAsync(items.filter((known) => known.date !== day.date)),
                        })
                      }
                    >
                      {c.remove}
                    </Button>
                  </span>
                </li>
              ))}
            </ul>
            <form
              className="toolbar spaced-top"
              onSubmit={(event) => {
                event.preventDefault();
                const dates = daysOf(date, until);
                const others = items.filter((known) => !dates.includes(known.date));
                const added = dates.map((day) => ({ date: day, label: label.trim(), working }));
                save.mutate([...others, ...added].sort((a, b) => a.date.localeCompare(b.date)));
                setDate('');
                setUntil('');
                setLabel('');
              }}
            >
              <Field label={t.date}>{(tie) => <DateField {...tie} value={date} change={setDate} />}</Field>
              <Field label={t.until}>
                {(tie) => <DateField {...tie} notBefore={date} value={until} change={setUntil} />}
              </Field>
              <Field label={t.label}>
                {(tie) => (
                  <Input {...tie} value={label} maxLength={100} onChange={(event) => setLabel(event.target.value)} />
                )}
              </Field>
              <Checkbox checked={working} onChange={(event) => setWorking(event.target.checked)}>
                {t.working}
              </Checkbox>
              <Button htmlType="submit" disabled={date === ''} loading={save.isPending}>
                {c.add}
              </Button>
            </form>
          </>
        )}
      </QueryView>
    </>
  );
}
