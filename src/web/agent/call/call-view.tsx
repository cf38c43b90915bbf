import type { AgentCall, AgentView } from '../../../contract/agent-desk.ts';
import { useDeskCampaign } from '../campaign.ts';
import { OutcomePanel } from '../outcome/outcome-panel.tsx';
import { Customer } from './customer.tsx';
import { useDraft } from './draft.ts';
import { ScriptPanel } from './script-panel.tsx';
import { TaskPanel } from './task-panel.tsx';

/** The call: customer at the left, script in the middle, outcome at the right. All three stay in view at 1280 px. */
export function CallView({ view, call }: { view: AgentView; call: AgentCall }) {
  const campaign = useDeskCampaign(view.campaignId);
  const [draft, change] = useDraft(call.attemptId);
  return (
    <div className="call-grid" data-testid="call" data-state={call.state}>
      <Customer view={view} call={call} campaign={campaign.data ?? null} change={change} />
      <TaskPanel
        key={call.attemptId}
        call={call}
        script={
          <ScriptPanel
            versionId={call.scriptVersionId}
            campaign={campaign.data ?? null}
            draft={draft}
            change={change}
          />
        }
      />
      {call.part === 'own' ? (
        <OutcomePanel view={view} call={call} campaign={campaign.data ?? null} draft={draft} change={change} />
      ) : null}
    </div>
  );
}
