import { Button, Input } from 'antd';
import { useEffect, useId, useRef, useState } from 'react';
import type { AgentCall, AgentView, DeskCampaign } from '../../../contract/agent-desk.ts';
import { agent } from '../../i18n/agent/index.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { words } from '../../i18n/words/index.ts';
import { Key } from '../../shared/key.tsx';
import { Panel } from '../../shared/page.tsx';
import type { ChangeDraft, Draft } from '../call/draft.ts';
import { useOpenQuestion } from '../call/questions.tsx';
import { useScript } from '../call/script.ts';
import { useDeskNow } from '../desk-provider.tsx';
import { KeyHint, useKeyActions } from '../keys/agent-keys.ts';
import type { Offers } from '../offers/use-offers.ts';
import { focusQuestion, openQuestion, type Survey } from '../survey/use-survey.ts';
import { dispositionOf, kindsFor } from './disposition.ts';
import { OutcomeFields } from './outcome-fields.tsx';
import { useOptOut } from './use-opt-out.ts';
import { useSave } from './use-save.ts';

type Props = {
  view: AgentView;
  call: AgentCall;
  campaign: DeskCampaign | null;
  draft: Draft;
  change: ChangeDraft;
  survey: Survey | null;
  offers: Offers | null;
  /** Marks the question that is still to be answered. */
  pointAt: (question: string | null) => void;
};

/** What came of the conversation: pick an outcome (digit keys), fill exactly what it needs, save. */
export function OutcomePanel({ view, call, campaign, draft, change, survey, offers, pointAt }: Props) {
  const t = useTexts(agent).outcome;
  const w = useTexts(words).dispositions;
  const format = useFormat();
  const now = useDeskNow();
  const noteId = useId();
  const form = useRef<HTMLDivElement>(null);
  /** How often saving was tried while something is missing; 0 once nothing is. */
  const [tried, setTried] = useState(0);
  const kinds = kindsFor(view, call, campaign);
  const ready = dispositionOf(draft, now);
  const missing = 'missing' in ready ? ready.missing : [];
  const talking = call.state === 'connected';
  const reached = talking || call.connectedAt !== null;
  const unanswered = openQuestion(survey, draft.kind);
  const { save, saving } = useSave(call, survey);
  const script = useScript(call.scriptVersionId);
  const unsaid = (script.data?.body.mustSay ?? []).filter(({ id }) => !draft.ticked.includes(id)).length;
  const asked = useOpenQuestion(call.attemptId);
  const choose = (kind: Draft['kind']) => {
    setTried(0);
    change({ kind });
  };
  const trySave = () => {
    if ('done' in ready && unanswered === null) void save(ready.done, draft);
    else setTried((times) => times + 1);
    pointAt('done' in ready ? unanswered : null);
    if ('done' in ready && unanswered !== null) focusQuestion(unanswered);
  };
  const optOut = useOptOut({ words: t.optOutWords, change, save, draft });
  useEffect(() => {
    if (missing.length === 0 && unanswered === null) setTried(0);
  }, [missing.length, unanswered]);
  useEffect(() => {
    // After the missing fields are marked: the first of them gets the focus.
    if (tried > 0)
      form.current?.querySelector<HTMLElement>('[data-missing="true"] :is(input, textarea, button)')?.focus();
  }, [tried]);
  useKeyActions(
    reached
      ? {
          save: trySave,
          optOut: optOut.begin,
          note: () => document.getElementById(noteId)?.focus(),
          digit: (digit) => choose(kinds[digit === 0 ? 9 : digit - 1] ?? draft.kind),
        }
      : {},
  );
  if (!reached)
    return (
      <Panel title={t.title} className="outcome">
        <p className="muted">{t.notYet}</p>
      </Panel>
    );
  return (
    <Panel title={t.title} className="outcome">
      <div ref={form} className="outcome-form">
        <fieldset className="plain-set">
          <legend className="visually-hidden">{t.title}</legend>
          <div className="outcome-kinds">
            {kinds.map((kind, index) => (
              <button
                key={kind}
                type="button"
                className={`outcome-kind kind-${kind}`}
                aria-pressed={draft.kind === kind}
                onClick={() => choose(kind)}
                data-testid={`outcome-${kind}`}
              >
                {index < 10 ? <Key>{(index + 1) % 10}</Key> : null}
                <span>{w[kind]}</span>
                {kind === 'opt-out' ? <KeyHint action="optOut" /> : null}
              </button>
            ))}
          </div>
        </fieldset>
        {optOut.leftMs === null ? null : (
          <div className="note tone-warn" role="alert">
            <span className="grow">{t.optOutSoon(format.number(Math.ceil(optOut.leftMs / 1000)))}</span>
            <Button size="small" autoFocus onClick={optOut.undo} data-testid="undo-opt-out">
              {t.undo}
            </Button>
          </div>
        )}
        {draft.kind === null ? <p className="muted">{t.choose}</p> : null}
        <OutcomeFields
          draft={draft}
          change={change}
          campaign={campaign}
          missing={tried > 0 ? missing : []}
          now={now}
          returns={call.origin?.kind === 'return-call'}
          unsaid={unsaid}
          offers={offers?.items ?? []}
        />
        <div className="field">
          <label htmlFor={noteId}>{t.note}</label>
          <Input.TextArea
            id={noteId}
            autoSize={{ minRows: 1, maxRows: 4 }}
            maxLength={4000}
            placeholder={t.notePlaceholder}
            value={draft.note}
            onChange={(event) => change({ note: event.target.value })}
          />
        </div>
      </div>
      <div className="outcome-foot">
        {asked && draft.kind !== null && draft.kind !== 'question' ? (
          <p className="small strong" role="status">
            {talking ? t.questionOpen : t.questionLeft}
          </p>
        ) : null}
        {tried > 0 && missing.length > 0 ? (
          <p className="field-fault" role="alert">
            {t.missing}
          </p>
        ) : tried > 0 && unanswered !== null ? (
          <p className="field-fault" role="alert" data-testid="unanswered">
            {t.unanswered}
          </p>
        ) : talking ? (
          <p className="muted small">{t.whileTalking}</p>
        ) : null}
        <Button
          type="primary"
          size="large"
          block
          disabled={draft.kind === null}
          loading={saving}
          onClick={trySave}
          data-testid="save-outcome"
        >
          {talking ? t.hangUpAndSave : t.save} <KeyHint action="save" />
        </Button>
      </div>
    </Panel>
  );
}
