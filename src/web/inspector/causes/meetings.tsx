import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import type { StudyMeeting } from '../../../contract/causes.ts';
import { api } from '../../api/client.ts';
import { useMay } from '../../app/me.tsx';
import { causes } from '../../i18n/causes/index.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { DateField } from '../../shared/date-fields.tsx';
import { useOutcome } from '../../shared/feedback.ts';
import { Field } from '../../shared/field.tsx';
import { Badge, Panel } from '../../shared/page.tsx';
import { useUnsaved } from '../../shared/unsaved.ts';
import { QueryView } from '../../shared/states.tsx';
import { type CauseOf, keyOf, useCauseName } from './cause-name.ts';

type Measure = StudyMeeting['measures'][number];

/** Whether a measure helped: said once, beside the counts before and after. */
function Check({ measure }: { measure: Measure }) {
  const t = useTexts(causes);
  const { done, refused } = useOutcome();
  const [finding, setFinding] = useState('');
  useUnsaved(finding.trim() !== '');
  const check = useMutation({
    mutationFn: (helped: boolean) =>
      api('POST /api/study-measures/:id/check', {
        params: { id: measure.id },
        body: { helped, finding: finding.trim() },
      }),
    onSuccess: () => done(t.checked, 'study-meetings'),
    onError: refused,
  });
  const empty = finding.trim() === '';
  return (
    <div className="toolbar">
      <Field label={t.finding}>
        {(tie) => <Input {...tie} value={finding} onChange={(event) => setFinding(event.target.value)} />}
      </Field>
      <Button disabled={empty} loading={check.isPending} onClick={() => check.mutate(true)}>
        {t.helped}
      </Button>
      <Button disabled={empty} loading={check.isPending} onClick={() => check.mutate(false)}>
        {t.notHelped}
      </Button>
    </div>
  );
}

function MeasureLine({ measure }: { measure: Measure }) {
  const t = useTexts(causes);
  const format = useFormat();
  const may = useMay();
  const name = useCauseName();
  const tone = measure.helped === null ? 'info' : measure.helped ? 'ok' : 'bad';
  return (
    <li>
      <div className="row">
        <Badge tone={tone}>{measure.helped === null ? t.open : measure.helped ? t.helped : t.notHelped}</Badge>
        <span className="strong">{name(measure)}</span>
      </div>
      <p>{measure.measure}</p>
      <p className="muted small">{t.compared(format.number(measure.before), format.number(measure.after))}</p>
      {measure.finding === null ? null : <p className="quote">{measure.finding}</p>}
      {measure.helped === null && may('inspection.assign') ? <Check measure={measure} /> : null}
    </li>
  );
}

function Record({ chosen, clear }: { chosen: readonly CauseOf[]; clear: () => void }) {
  const t = useTexts(causes);
  const name = useCauseName();
  const { done, refused } = useOutcome();
  const [heldOn, setHeldOn] = useState('');
  const [people, setPeople] = useState('');
  const [notes, setNotes] = useState('');
  const [measures, setMeasures] = useState<Record<string, string>>({});
  useUnsaved(heldOn !== '' || [people, notes, ...Object.values(measures)].some((text) => text.trim() !== ''));
  const said = chosen.map((cause) => ({ ...cause, measure: (measures[keyOf(cause)] ?? '').trim() }));
  const whole = heldOn !== '' && people.trim() !== '' && said.length > 0 && said.every(({ measure }) => measure !== '');
  const send = useMutation({
    mutationFn: () =>
      api('POST /api/study-meetings', { body: { heldOn, people: people.trim(), notes: notes.trim(), measures: said } }),
    onSuccess: () => {
      clear();
      setMeasures({});
      setNotes('');
      setHeldOn('');
      setPeople('');
      return done(t.recorded, 'study-meetings');
    },
    onError: refused,
  });
  return (
    <form
      className="column"
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate();
      }}
    >
      <p className="muted">{t.chooseFirst}</p>
      <div className="form-grid">
        <Field label={t.heldOn}>{(tie) => <DateField {...tie} value={heldOn} change={setHeldOn} />}</Field>
        <Field label={t.people}>
          {(tie) => (
            <Input {...tie} maxLength={200} value={people} onChange={(event) => setPeople(event.target.value)} />
          )}
        </Field>
      </div>
      {chosen.map((cause) => (
        <Field key={keyOf(cause)} label={t.measure(name(cause))}>
          {(tie) => (
            <Input.TextArea
              {...tie}
              autoSize
              maxLength={4000}
              value={measures[keyOf(cause)] ?? ''}
              onChange={(event) => setMeasures((known) => ({ ...known, [keyOf(cause)]: event.target.value }))}
            />
          )}
        </Field>
      ))}
      <Field label={t.notes}>
        {(tie) => (
          <Input.TextArea
            {...tie}
            autoSize
            maxLength={4000}
            value={notes}
            onChange={(event) => setNotes(event.target.value)}
          />
        )}
      </Field>
      <div>
        <Button type="primary" htmlType="submit" disabled={!whole} loading={send.isPending}>
          {t.record}
        </Button>
      </div>
    </form>
  );
}

/** Study meetings: what was looked at, what was decided, and whether it helped. */
export function Meetings({ chosen, clear }: { chosen: readonly CauseOf[]; clear: () => void }) {
  const t = useTexts(causes);
  const format = useFormat();
  const may = useMay();
  const query = useQuery({
    queryKey: ['study-meetings'],
    queryFn: ({ signal }) => api('GET /api/study-meetings', { signal }),
  });
  return (
    <>
      {may('inspection.assign') ? (
        <Panel title={t.record}>
          <Record chosen={chosen} clear={clear} />
        </Panel>
      ) : null}
      <Panel title={t.meetings}>
        <QueryView query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <p className="muted">{t.noMeetings}</p>
            ) : (
              <ul className="line-list">
                {items.map((meeting) => (
                  <li key={meeting.id}>
                    <h3>
                      {format.days(meeting.heldOn, meeting.heldOn)} · {meeting.people}
                    </h3>
                    {meeting.notes === '' ? null : <p>{meeting.notes}</p>}
                    <ul className="line-list">
                      {meeting.measures.map((measure) => (
                        <MeasureLine key={measure.id} measure={measure} />
                      ))}
                    </ul>
                  </li>
                ))}
              </ul>
            )
          }
        </QueryView>
      </Panel>
    </>
  );
}
