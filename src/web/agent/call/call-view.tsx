import { Suspense, useState } from 'react';
import type { AgentCall, AgentView } from '../../../contract/agent-desk.ts';
import { useDeskCampaign } from '../campaign.ts';
import { useOffers } from '../offers/use-offers.ts';
import { OutcomePanel } from '../outcome/outcome-panel.tsx';
import { useSurvey } from '../survey/use-survey.ts';
import { Customer } from './customer.tsx';
import { useDraft } from './draft.ts';
import { ScriptPanel } from './script-panel.tsx';
import { useSpokenLanguage } from './spoken-language.ts';
import { TaskPanel } from './task-panel.tsx';
import { late } from '../../shared/late.ts';

/** Most campaigns ask nothing, and offer nothing beside their tariff. */
const OffersPanel = late(() => import('../offers/offers-panel.tsx'));
const SurveyPanel = late(() => import('../survey/survey-panel.tsx'));

/** The call: customer at the left, script and questions in the middle, outcome at the right. All three stay in view at 1280 px. */
export function CallView({ view, call }: { view: AgentView; call: AgentCall }) {
  const campaign = useDeskCampaign(view.campaignId).data ?? null;
  const [draft, change] = useDraft(call.attemptId);
  const survey = useSurvey({ call, campaign, draft, change });
  const offers = useOffers(call, campaign);
  const language = useSpokenLanguage(campaign);
  const [fault, pointAt] = useState<string | null>(null);
  const script = (
    <ScriptPanel
      versionId={call.scriptVersionId}
      campaign={campaign}
      draft={draft}
      change={change}
      language={language}
    />
  );
  const beside =
    offers === null ? null : (
      <Suspense fallback={null}>
        <OffersPanel {...{ offers, draft, change }} attemptId={call.attemptId} language={language.spoken} />
      </Suspense>
    );
  return (
    <div className="call-grid" data-testid="call" data-state={call.state}>
      <Customer view={view} call={call} campaign={campaign} change={change} />
      <TaskPanel
        key={call.attemptId}
        call={call}
        sold={offers?.sold == null ? null : beside}
        script={
          survey === null && (offers === null || offers.items.length === 0) ? (
            script
          ) : (
            <div className="task-side">
              {script}
              {beside}
              {survey === null ? null : (
                <Suspense fallback={null}>
                  <SurveyPanel survey={survey} fault={fault} language={language.spoken} />
                </Suspense>
              )}
            </div>
          )
        }
      />
      {call.part === 'own' ? (
        <OutcomePanel {...{ view, call, campaign, draft, change, survey, offers, pointAt }} />
      ) : null}
    </div>
  );
}
