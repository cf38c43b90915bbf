import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { questionnaireFaults } from '../../../contract/questionnaire/faults.ts';
import { mostQuestions, type Questionnaire } from '../../../contract/questionnaire/types.ts';
import type { QuestionnaireVersion } from '../../../contract/surveys.ts';
import { api } from '../../api/client.ts';
import { common } from '../../i18n/common/index.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { survey } from '../../i18n/survey/index.ts';
import { useConfirm } from '../../shared/confirm.ts';
import { useOutcome } from '../../shared/feedback.ts';
import { Badge } from '../../shared/page.tsx';
import { differs, useUnsaved } from '../../shared/unsaved.ts';
import { moved, newQuestion, renamed, without } from './draft.ts';
import { QuestionEditor } from './question-editor.tsx';
import { Walk } from './walk.tsx';

/** Writes a draft, with the questionnaire beside it as calls will meet it. */
export function SurveyEditor({ campaignId, draft }: { campaignId: string; draft: QuestionnaireVersion }) {
  const t = useTexts(survey);
  const c = useTexts(common);
  const format = useFormat();
  const confirm = useConfirm();
  const { done, refused } = useOutcome();
  const [body, setBody] = useState<Questionnaire>(draft.body);
  const dirty = differs(body, draft.body);
  useUnsaved(dirty);
  const faults = questionnaireFaults(body);
  const params = { id: campaignId };
  const fresh = (text: string) => done(text, 'questionnaires', 'survey-results');
  const save = useMutation({
    mutationFn: () =>
      api('PUT /api/campaigns/:id/questionnaires/draft', { params, body: { revision: draft.revision, body } }),
    onError: refused,
  });
  const publish = useMutation({
    mutationFn: async () => {
      const { revision } = dirty ? await save.mutateAsync() : draft;
      return api('POST /api/campaigns/:id/questionnaires/publish', { params, body: { revision } }).catch((error) => {
        // What was saved before it was refused is the draft from now on.
        if (dirty) void done(null, 'questionnaires');
        throw error;
      });
    },
    onSuccess: ({ version }) => fresh(t.published(format.number(version))),
    onError: refused,
  });
  const discard = useMutation({
    mutationFn: () =>
      api('POST /api/campaigns/:id/questionnaires/discard', { params, body: { revision: draft.revision } }),
    onSuccess: () => fresh(t.discarded),
    onError: refused,
  });
  const whole = faults.filter(({ question }) => question === null);
  const version = format.number(draft.version);
  return (
    <div className="survey-editor">
      <div className="column">
        <div className="row spread">
          <Badge tone="info">{t.draft(version)}</Badge>
          {faults.length === 0 ? null : <Badge tone="warn">{t.openFaults(format.number(faults.length))}</Badge>}
        </div>
        <div className="row survey-save">
          <Button
            disabled={!dirty}
            loading={save.isPending}
            onClick={() => save.mutate(undefined, { onSuccess: () => fresh(t.saved) })}
            data-testid="save-survey"
          >
            {c.save}
          </Button>
          <Button
            type="primary"
            disabled={faults.length > 0}
            loading={publish.isPending}
            data-testid="publish-survey"
            onClick={() =>
              confirm({
                title: t.publishTitle(version),
                consequence: t.publishHint,
                action: t.publish,
                danger: false,
                act: () => publish.mutateAsync(),
              })
            }
          >
            {t.publish}
          </Button>
          <Button
            type="text"
            onClick={() =>
              confirm({
                title: t.discardTitle,
                consequence: t.discardHint,
                action: t.discard,
                act: () => discard.mutateAsync(),
              })
            }
          >
            {t.discard}
          </Button>
          {dirty ? <span className="muted small">{t.unsaved}</span> : null}
        </div>
        {whole.map(({ code }) => (
          <p key={code} className="muted">
            {t.faults[code]}
          </p>
        ))}
        {body.questions.map((question, place) => (
          <QuestionEditor
            // biome-ignore lint/suspicious/noArrayIndexKey: the key is being written.
            key={place}
            question={question}
            place={place}
            last={place === body.questions.length - 1}
            all={body.questions}
            faults={faults.filter((fault) => fault.question === place)}
            change={(next) => setBody({ questions: body.questions.with(place, next) })}
            rename={(key) => setBody(renamed(body, place, key))}
            move={(by) => setBody(moved(body, place, by))}
            remove={() => setBody(without(body, place))}
          />
        ))}
        <div>
          <Button
            disabled={body.questions.length >= mostQuestions}
            onClick={() => setBody({ questions: [...body.questions, newQuestion(body)] })}
            data-testid="add-question"
          >
            {t.addQuestion}
          </Button>
        </div>
      </div>
      <Walk questionnaire={body} />
    </div>
  );
}
