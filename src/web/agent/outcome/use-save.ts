import { App } from 'antd';
import { useCallback, useState } from 'react';
import type { AgentCall, Disposition } from '../../../contract/agent-desk.ts';
import { agent } from '../../i18n/agent/index.ts';
import { useTexts } from '../../i18n/locale.tsx';
import { type Draft, forgetDraft } from '../call/draft.ts';
import { useDesk } from '../desk-provider.tsx';
import type { Survey } from '../survey/use-survey.ts';

/**
 * Saves an outcome; a call that is still going on is ended first. The command is sent again should the line break
 * meanwhile: the server saves an outcome once, whatever comes twice.
 */
export function useSave(call: AgentCall, survey: Survey | null) {
  const t = useTexts(agent).outcome;
  const { command } = useDesk();
  const { message } = App.useApp();
  const [saving, setSaving] = useState(false);
  const { attemptId, state } = call;
  const versionId = survey?.sheet.versionId;
  const answers = survey?.answers;
  const save = useCallback(
    async (disposition: Disposition, draft: Pick<Draft, 'ticked' | 'note'>) => {
      setSaving(true);
      const ended = state !== 'connected' || (await command({ type: 'hang-up' }));
      const outcome = {
        ...{ attemptId, disposition, mustSayTicked: draft.ticked, note: draft.note.trim() },
        ...(versionId === undefined || answers === undefined ? {} : { survey: { versionId, answers } }),
      };
      const saved = ended && (await command({ type: 'save-outcome', outcome }, { again: true }));
      setSaving(false);
      if (!saved) return;
      forgetDraft(attemptId);
      void message.success(t.saved);
    },
    [attemptId, state, command, message, t, versionId, answers],
  );
  return { save, saving };
}
