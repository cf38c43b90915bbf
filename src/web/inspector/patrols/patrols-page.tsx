import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useMay } from '../../app/me.tsx';
import { inspector } from '../../i18n/inspector/index.ts';
import { common } from '../../i18n/common/index.ts';
import { useFormat, useLocale, useTexts } from '../../i18n/locale.tsx';
import { useOutcome } from '../../shared/feedback.ts';
import { Field } from '../../shared/field.tsx';
import { ListeningPanel } from '../../manager/listening/listening-panel.tsx';
import { Badge, Page, Panel } from '../../shared/page.tsx';
import { useUnsaved } from '../../shared/unsaved.ts';
import { Empty, QueryView } from '../../shared/states.tsx';
import { RoundProposal } from './round-proposal.tsx';

/** What is marked on a patrol, by the form in force; what was retired since still names the marks of old notes. */
function useCriteria() {
  const { locale } = useLocale();
  const forms = useQuery({ queryKey: ['forms'], queryFn: ({ signal }) => api('GET /api/forms', { signal }) });
  const criteria = forms.data?.items.find(({ id }) => id === 'floor-patrol')?.criteria ?? [];
  return criteria.map(({ code, title, checks }) => {
    const asked = checks.filter(({ retired }) => !retired);
    return {
      code,
      title: title[locale],
      checks: asked.map(({ text }) => text[locale]).join(locale === 'zh' ? '；' : '; '),
      marked: asked.length > 0,
    };
  });
}

function NewNote() {
  const t = useTexts(inspector).patrols;
  const c = useTexts(common);
  const { done, refused } = useOutcome();
  const [agentId, setAgent] = useState<string | null>(null);
  const [observation, setObservation] = useState('');
  const [marks, setMarks] = useState<Record<string, number>>({});
  useUnsaved(observation.trim() !== '' || Object.keys(marks).length > 0);
  const criteria = useCriteria();
  const agents = useQuery({
    queryKey: ['users', 'agents'],
    queryFn: ({ signal }) => api('GET /api/users', { query: { role: 'agent', limit: 500 }, signal }),
  });
  const write = useMutation({
    mutationFn: (id: string) =>
      api('POST /api/patrols', { body: { agentId: id, observation: observation.trim(), marks } }),
    onSuccess: () => {
      setObservation('');
      setMarks({});
      return done(t.saved, 'patrols');
    },
    onError: refused,
  });
  return (
    <Panel title={t.new}>
      <form
        className="column"
        onSubmit={(event) => {
          event.preventDefault();
          if (agentId !== null) write.mutate(agentId);
        }}
      >
        <Field label={t.agent}>
          {(tie) => (
            <Select
              {...tie}
              className="full-width"
              showSearch={{ optionFilterProp: 'label' }}
              value={agentId}
              options={(agents.data?.items ?? []).map((user) => ({ value: user.id, label: user.displayName }))}
              onChange={setAgent}
            />
          )}
        </Field>
        <Field label={t.observation}>
          {(tie) => (
            <Input.TextArea
              {...tie}
              rows={4}
              maxLength={4000}
              value={observation}
              onChange={(event) => setObservation(event.target.value)}
            />
          )}
        </Field>
        {criteria
          .filter(({ marked }) => marked)
          .map(({ code, title, checks }) => (
            <Field key={code} label={t.mark(title)} hint={checks}>
              {(tie) => (
                <InputNumber
                  {...tie}
                  min={0}
                  max={100}
                  value={marks[code] ?? null}
                  onChange={(mark) => {
                    const { [code]: _before, ...others } = marks;
                    setMarks(mark === null ? others : { ...others, [code]: mark });
                  }}
                />
              )}
            </Field>
          ))}
        <div>
          <Button
            type="primary"
            htmlType="submit"
            disabled={agentId === null || observation.trim() === ''}
            loading={write.isPending}
          >
            {c.save}
          </Button>
        </div>
      </form>
    </Panel>
  );
}

export default function PatrolsPage() {
  const t = useTexts(inspector).patrols;
  const format = useFormat();
  const may = useMay();
  // Notes from before the form was marked by its criteria have one mark for the tone.
  const titles = new Map([['tone', t.tone], ...useCriteria().map(({ code, title }) => [code, title] as const)]);
  const query = useQuery({
    queryKey: ['patrols'],
    queryFn: ({ signal }) => api('GET /api/patrols', { query: { limit: 100 }, signal }),
  });
  return (
    <Page title={t.title} intro={t.intro}>
      {may('patrol.write') ? <RoundProposal /> : null}
      <ListeningPanel />
      <div className={may('patrol.write') ? 'grid main-side' : ''}>
        <Panel title={t.title} quiet>
          <QueryView query={query}>
            {({ items }) =>
              items.length === 0 ? (
                <Empty title={t.none} />
              ) : (
                <ul className="line-list">
                  {items.map((note) => (
                    <li key={note.id}>
                      <div className="row spread">
                        <span className="strong">{note.agent.name}</span>
                        <span className="muted small">
                          {t.by(note.by.name)} · {format.dateTime(note.at)}
                        </span>
                      </div>
                      <p className="prewrap">{note.observation}</p>
                      <div className="row">
                        {Object.entries(note.marks).map(([code, mark]) => (
                          <Badge key={code}>{format.named(titles.get(code) ?? code, format.number(mark))}</Badge>
                        ))}
                      </div>
                    </li>
                  ))}
                </ul>
              )
            }
          </QueryView>
        </Panel>
        {may('patrol.write') ? <NewNote /> : null}
      </div>
    </Page>
  );
}
