/** What was said, by speaker, moving with the sound; and what a machine found in it, each with its second. */
import './transcript.css';
import { queryOptions, type UseQueryResult } from '@tanstack/react-query';
import { Button } from 'antd';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { Reply } from '../../../contract/routes.ts';
import type { Transcript } from '../../../contract/transcripts.ts';
import { api } from '../../api/client.ts';
import { inspector } from '../../i18n/inspector/index.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { transcript as texts } from '../../i18n/transcript/index.ts';
import { Badge, Panel } from '../../shared/page.tsx';
import { QueryView } from '../../shared/states.tsx';
import type { Mark, Player } from './use-player.ts';

type Answer = Reply<'GET /api/recordings/:id/transcript'>;

export const transcriptQuery = (recordingId: string) =>
  queryOptions({
    queryKey: ['transcript', recordingId],
    queryFn: ({ signal }) => api('GET /api/recordings/:id/transcript', { params: { id: recordingId }, signal }),
    // Each reading is in the audit log: looking at another window and back is none.
    refetchOnWindowFocus: false,
    staleTime: 60_000,
  });

/** Where in the sound a machine found something. */
export function findingMarks(answer: Answer | undefined): Mark[] {
  return (answer?.transcript?.findings?.found ?? []).flatMap(({ code, heard }) =>
    heard === null ? [] : [{ id: `found-${code}`, second: heard.atMs / 1000, tone: 'warn' as const }],
  );
}

type Props = { query: UseQueryResult<Answer>; player: Player };

export function TranscriptPanel({ query, player }: Props) {
  const t = useTexts(texts);
  return (
    <Panel title={t.title} className="transcript">
      <QueryView query={query}>
        {({ transcript, expected }) =>
          transcript === null ? (
            <p className="muted" data-testid="no-transcript">
              {expected ? t.expected : `${t.none} ${t.noEngine}`}
            </p>
          ) : (
            <Written transcript={transcript} player={player} />
          )
        }
      </QueryView>
    </Panel>
  );
}

/** A command that names no model has no version to tell; a model is known by its name, not by how its file ends. */
const engineVersion = (version: string) => (version === 'command' ? '' : version.replace(/\.(bin|gguf|onnx|pt)$/, ''));

function Written({ transcript, player }: { transcript: Transcript; player: Player }) {
  const t = useTexts(texts);
  const format = useFormat();
  const { engine, language, way, sameSound, superseded, findings, segments } = transcript;
  return (
    <div className="column tight">
      {way === 'sandbox' ? <p className="note tone-info">{t.sandbox}</p> : null}
      {sameSound ? null : <p className="note tone-warn">{t.otherSound}</p>}
      {findings === null ? null : <Findings findings={findings} seek={player.seek} />}
      {segments.length === 0 ? <p className="muted">{t.empty}</p> : <Lines transcript={transcript} player={player} />}
      <p className="muted small">
        {way === 'sandbox' ? '' : `${t.by(engine.name, engineVersion(engine.version))} `}
        {t.inLanguage(format.language(language))}
        {superseded > 0 ? ` ${t.superseded(String(superseded))}` : ''}
      </p>
    </div>
  );
}

function Findings({
  findings,
  seek,
}: {
  findings: NonNullable<Transcript['findings']>;
  seek: (second: number) => void;
}) {
  const t = useTexts(texts);
  const { risks } = useTexts(inspector);
  const format = useFormat();
  const whys = [...new Set(findings.notKnown.map(({ why }) => why))];
  return (
    <section className="transcript-findings" aria-label={t.findings}>
      <p className="row">
        <strong>{t.findings}</strong> <span className="muted small">{t.decidesNothing}</span>
      </p>
      {findings.found.length === 0 ? <p className="muted small">{t.nothingFound}</p> : null}
      <ul className="row" data-testid="findings">
        {findings.found.map(({ code, heard }) => (
          <li key={code}>
            {heard === null ? (
              <Badge tone="warn">{t.notHeard(risks[code])}</Badge>
            ) : (
              <Button size="small" onClick={() => seek(heard.atMs / 1000)}>
                {t.heardAt(risks[code], format.clock(heard.atMs), heard.words)}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {whys.map((why) => (
        <p key={why} className="muted small">
          {t.notKnown(
            format.list(findings.notKnown.filter((each) => each.why === why).map(({ code }) => risks[code])),
            t.why[why],
          )}
        </p>
      ))}
    </section>
  );
}

/** Below this the engine itself doubts what it wrote. */
const sure = 0.5;

function Lines({ transcript, player }: { transcript: Transcript; player: Player }) {
  const t = useTexts(texts);
  const p = useTexts(inspector).player;
  const format = useFormat();
  const box = useRef<HTMLOListElement>(null);
  const { at, playing } = player.state;
  const lines = transcript.segments
    .map((segment, index) => ({ segment, index }))
    .sort((a, b) => a.segment.startMs - b.segment.startMs || a.index - b.index);
  const current = lines.findLastIndex(({ segment }) => segment.startMs <= at * 1000);
  const found = new Set(transcript.findings?.found.flatMap(({ heard }) => (heard === null ? [] : [heard.segment])));
  useEffect(() => {
    if (!playing || current < 0) return;
    const [list, line] = [box.current, box.current?.children[current]];
    // Only this box moves, never the page under the judge's hands.
    if (list && line instanceof HTMLElement) list.scrollTop = line.offsetTop - list.clientHeight / 3;
  }, [playing, current]);
  const move = (event: KeyboardEvent<HTMLOListElement>) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    const own = event.target instanceof HTMLElement ? event.target : null;
    const buttons = [...event.currentTarget.querySelectorAll('button')];
    const next = buttons[buttons.findIndex((button) => button.contains(own)) + step];
    event.preventDefault();
    event.stopPropagation();
    next?.focus();
  };
  return (
    <ol className="transcript-lines" ref={box} aria-label={t.words} onKeyDown={move} data-testid="transcript">
      {lines.map(({ segment, index }, place) => (
        <li key={index} className={segment.channel} aria-current={place === current ? 'time' : undefined}>
          <button
            type="button"
            // One stop of the Tab key: the line that is spoken.
            tabIndex={place === Math.max(0, current) ? 0 : -1}
            onClick={() => player.seek(segment.startMs / 1000)}
          >
            <span className="transcript-time">{format.clock(segment.startMs)}</span>
            <span className="transcript-who">{p[segment.channel]}</span>
            <span className={found.has(index) ? 'transcript-found' : ''}>{segment.text}</span>
            {segment.confidence !== null && segment.confidence < sure ? (
              <span className="muted small">{t.doubted}</span>
            ) : null}
          </button>
        </li>
      ))}
    </ol>
  );
}
