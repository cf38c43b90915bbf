import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type ReactNode, useCallback, useId, useMemo, useReducer, useState } from 'react';
import type { CriterionAnswer, InspectionDetail } from '../../../contract/inspections.ts';
import { inspector } from '../../i18n/inspector/index.ts';
import { useFormat, useLocale, useTexts } from '../../i18n/locale.tsx';
import { Icon } from '../../shared/icons.tsx';
import { KeysDialog } from '../../shared/keys/keys-dialog.tsx';
import { Panel } from '../../shared/page.tsx';
import { useUnsaved } from '../../shared/unsaved.ts';
import { KeyHint, KeysProvider, useKeys } from '../keys/judge-keys.ts';
import { PlayerPanel } from '../player/player-panel.tsx';
import type { Sound } from '../player/sound.ts';
import { findingMarks, TranscriptPanel, transcriptQuery } from '../player/transcript.tsx';
import { usePlayer } from '../player/use-player.ts';
import { inspectionVoices } from '../player/voices.tsx';
import { answersInOrder, beginJudging, judge, stillOpen } from './answers.ts';
import { CriterionCard } from './criterion-card.tsx';
import { useJudgeKeys } from './use-judge-keys.ts';
import { type Draft, useKeptDraft } from './use-kept-draft.ts';

export type Verdict = { answers: CriterionAnswer[]; note: string; listenedSeconds: number; why: string };

type Props = {
  detail: InspectionDetail;
  sound: Sound | undefined;
  soundFailed: boolean;
  mode: 'score' | 'decide' | 'correct';
  busy: boolean;
  send: (verdict: Verdict) => void;
  beside: ReactNode;
};

export const JudgeForm = (props: Props) => (
  <KeysProvider>
    <JudgeDesk {...props} />
  </KeysProvider>
);

/** Player above, form at the left, script and facts beside it. */
function JudgeDesk({ detail, sound, soundFailed, mode, busy, send, beside }: Props) {
  const { judge: t, keys: k } = useTexts(inspector);
  const format = useFormat();
  const { locale } = useLocale();
  const { criteria } = detail.formContent;
  const ids = { note: useId(), why: useId() };
  const [judging, act] = useReducer(judge, detail.draft, beginJudging);
  const [note, setNote] = useState(detail.draftNote);
  const [why, setWhy] = useState('');
  const [tried, setTried] = useState(false);
  const keys = useKeys();
  const [keysShown, showKeys] = useState(false);
  const { answers } = judging;
  // What is judged is kept as it is given (below); why a judgement is changed is not, nor is a note where nothing is kept.
  useUnsaved((mode !== 'score' && note.trim() !== '') || why.trim() !== '');
  const transcript = useQuery(transcriptQuery(detail.recordingId));
  const marks = useMemo(
    () => [
      ...findingMarks(transcript.data),
      ...Object.values(answers).flatMap(({ criterion, verdict, atSecond }) =>
        verdict === 'fail' && atSecond !== null ? [{ id: criterion, second: atSecond }] : [],
      ),
    ],
    [answers, transcript.data],
  );
  const player = usePlayer(sound, marks);
  const voices = useQuery(inspectionVoices(detail.id));
  const open = stillOpen(criteria, judging);
  const needsWhy = mode !== 'score' && why.trim() === '';
  const submit = () => {
    setTried(true);
    const [first] = open;
    if (first) return act({ step: 'choose', index: criteria.indexOf(first) });
    if (needsWhy) return document.getElementById(ids.why)?.focus();
    if (busy) return;
    send({
      answers: answersInOrder(criteria, judging),
      note: note.trim(),
      listenedSeconds: Math.round(player.state.heard),
      why: why.trim(),
    });
  };
  useJudgeKeys({ player, judging, criteria, act, submit, showKeys: () => showKeys(true) });
  const given = useMemo(() => ({ answers: answersInOrder(criteria, { answers }), note }), [criteria, answers, note]);
  const { draft, draftNote } = detail;
  const known = useMemo(() => ({ answers: draft, note: draftNote }), [draft, draftNote]);
  const adopt = useCallback((found: Draft) => {
    act({ step: 'adopt', answers: found.answers });
    setNote(found.note);
  }, []);
  const kept = useKeptDraft({ id: detail.id, given, kept: known, off: busy || mode !== 'score', adopt });
  return (
    <>
      <KeysDialog
        keys={keys}
        names={k.names}
        digits={{ name: k.criterion, keys: k.digits }}
        open={keysShown}
        close={() => showKeys(false)}
      />
      <PlayerPanel player={player} failed={soundFailed} voices={voices.data?.voices} />
      <div className="judge-grid">
        <Panel
          title={t.criteria}
          extra={
            <>
              <Button type="text" icon={<Icon name="keys" />} onClick={() => showKeys(true)} data-testid="show-keys">
                {k.open}
              </Button>
              <Button onClick={() => act({ step: 'pass-rest', criteria })} data-testid="pass-rest">
                {t.passRest} <KeyHint action="rest" />
              </Button>
            </>
          }
        >
          <div className="column">
            {criteria.map((criterion, index) => (
              <CriterionCard
                key={criterion.code}
                criterion={criterion}
                index={index}
                current={index === judging.at}
                check={index === judging.at ? judging.check : null}
                answer={answers[criterion.code]}
                fault={tried && open.includes(criterion)}
                act={act}
                now={player.now}
                seek={player.seek}
              />
            ))}
            <div className="field">
              <label htmlFor={ids.note}>{t.noteAll}</label>
              <Input.TextArea
                id={ids.note}
                autoSize={{ minRows: 1, maxRows: 5 }}
                value={note}
                maxLength={2000}
                onChange={(event) => setNote(event.target.value)}
              />
            </div>
            {mode === 'score' ? null : (
              <div className="field">
                <label htmlFor={ids.why}>{t.why}</label>
                <Input.TextArea
                  id={ids.why}
                  autoSize={{ minRows: 2, maxRows: 6 }}
                  status={tried && needsWhy ? 'error' : ''}
                  value={why}
                  onChange={(event) => setWhy(event.target.value)}
                />
              </div>
            )}
            <div className="judge-foot">
              {kept ? null : (
                <p className="field-fault" role="status">
                  {t.notKept}
                </p>
              )}
              {tried && open.length > 0 ? (
                <p className="field-fault" role="alert">
                  {t.missing(format.list(open.map(({ title }) => title[locale])))}
                </p>
              ) : null}
              <Button type="primary" size="large" loading={busy} onClick={submit} data-testid="submit-verdict">
                {mode === 'score' ? t.submit : mode === 'decide' ? t.decide : t.correct} <KeyHint action="submit" />
              </Button>
            </div>
          </div>
        </Panel>
        <div className="column">
          <TranscriptPanel query={transcript} player={player} />
          {beside}
        </div>
      </div>
    </>
  );
}
