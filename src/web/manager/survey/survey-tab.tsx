/** A campaign's questionnaire: what is asked, the draft that is being written, and what was answered. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { Campaign } from '../../../contract/campaigns.ts';
import type { QuestionnaireVersion } from '../../../contract/surveys.ts';
import { api } from '../../api/client.ts';
import { useMay } from '../../app/me.tsx';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { survey } from '../../i18n/survey/index.ts';
import { useConfirm } from '../../shared/confirm.ts';
import { useOutcome } from '../../shared/feedback.ts';
import { Badge, Panel } from '../../shared/page.tsx';
import { Empty, QueryView } from '../../shared/states.tsx';
import { SurveyResults } from '../../shared/survey/survey-results.tsx';
import { SurveyEditor } from './survey-editor.tsx';
import { Walk } from './walk.tsx';

/** What is asked, or was asked last, and what can be done with it. */
function Present({ campaign, newest }: { campaign: Campaign; newest: QuestionnaireVersion | undefined }) {
  const t = useTexts(survey);
  const format = useFormat();
  const may = useMay();
  const confirm = useConfirm();
  const { done, refused } = useOutcome();
  const params = { id: campaign.id };
  const begin = useMutation({
    mutationFn: () => api('POST /api/campaigns/:id/questionnaires', { params }),
    onSuccess: () => done(null, 'questionnaires'),
    onError: refused,
  });
  const stop = useMutation({
    mutationFn: () => api('POST /api/campaigns/:id/questionnaires/stop', { params }),
    onSuccess: () => done(t.stopped, 'questionnaires', 'survey-results'),
    onError: refused,
  });
  const writes = may('questionnaire.write') && campaign.state !== 'finished';
  const write = writes ? (
    <Button loading={begin.isPending} onClick={() => begin.mutate()} data-testid="write-survey">
      {newest === undefined ? t.write : t.change}
    </Button>
  ) : null;
  if (newest === undefined)
    return (
      <Panel title={t.title} quiet>
        <Empty title={t.none} {...(writes ? { hint: t.noneHint } : {})} />
        {write}
      </Panel>
    );
  const version = format.number(newest.version);
  return (
    <Panel
      title={t.title}
      extra={
        <Badge tone={newest.inForce ? 'ok' : 'plain'}>
          {newest.inForce ? t.inForce(version) : t.notAsked(version)}
        </Badge>
      }
    >
      <div className="row">
        {write}
        {writes && newest.inForce ? (
          <Button
            onClick={() =>
              confirm({ title: t.stopTitle, consequence: t.stopHint, action: t.stop, act: () => stop.mutateAsync() })
            }
          >
            {t.stop}
          </Button>
        ) : null}
      </div>
    </Panel>
  );
}

export default function SurveyTab({ campaign }: { campaign: Campaign }) {
  const may = useMay();
  const { id } = campaign;
  const query = useQuery({
    queryKey: ['questionnaires', id],
    queryFn: ({ signal }) => api('GET /api/campaigns/:id/questionnaires', { params: { id }, signal }),
  });
  return (
    <QueryView query={query}>
      {({ items }) => {
        const draft = items.find(({ state }) => state === 'draft');
        const published = items.filter(({ state }) => state === 'published');
        const newest = published.find(({ inForce }) => inForce) ?? published[0];
        return (
          <div className="column wide-gap">
            {draft !== undefined && may('questionnaire.write') ? (
              <SurveyEditor key={`${draft.id} ${draft.revision}`} campaignId={id} draft={draft} />
            ) : (
              <>
                <Present campaign={campaign} newest={newest} />
                {newest === undefined ? null : <Walk questionnaire={newest.body} />}
              </>
            )}
            {newest === undefined ? null : <SurveyResults campaignId={id} />}
          </div>
        );
      }}
    </QueryView>
  );
}
