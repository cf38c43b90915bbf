/** Headings and panels, so that every page has the same order: one h1, panels with h2. */
import { type ReactNode, useEffect, useId } from 'react';
import { common } from '../i18n/common/index.ts';
import { useTexts } from '../i18n/locale.tsx';
import { useFold } from './folding.tsx';

export function Page(props: { title: string; intro?: ReactNode; actions?: ReactNode; children: ReactNode }) {
  const t = useTexts(common);
  useEffect(() => {
    document.title = `${props.title} · ${t.product}`;
  }, [props.title, t.product]);
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{props.title}</h1>
          {props.intro ? <p className="page-intro">{props.intro}</p> : null}
        </div>
        {props.actions ? <div className="page-actions">{props.actions}</div> : null}
      </header>
      {props.children}
    </div>
  );
}

export function Panel(props: {
  title: string;
  extra?: ReactNode;
  className?: string;
  children: ReactNode;
  /** The heading is for screen readers only. */
  quiet?: boolean;
}) {
  const id = useId();
  const fold = useFold(id, props.title);
  return (
    <section className={`panel ${props.className ?? ''}`} aria-labelledby={id}>
      <div className={props.quiet && fold === null ? 'visually-hidden' : 'panel-head'}>
        <h2 id={id}>
          {fold === null ? (
            props.title
          ) : (
            <button type="button" className="fold-button" aria-expanded={fold.open} onClick={fold.toggle}>
              {props.title}
            </button>
          )}
        </h2>
        {props.extra && !props.quiet ? <div className="panel-extra">{props.extra}</div> : null}
      </div>
      {fold === null ? props.children : <div className={fold.open ? '' : 'folded'}>{props.children}</div>}
    </section>
  );
}

/** A figure with its name below or above; `note` says its terms. */
export function Figure(props: { label: string; value: ReactNode; note?: ReactNode; tone?: Tone }) {
  return (
    <div className={`figure ${props.tone ? `tone-${props.tone}` : ''}`}>
      <span className="figure-label">{props.label}</span>
      <span className="figure-value">{props.value}</span>
      {props.note ? <span className="figure-note">{props.note}</span> : null}
    </div>
  );
}

export type Tone = 'ok' | 'warn' | 'bad' | 'info' | 'plain';

/** A word in a coloured frame; the word carries the meaning, the colour helps to find it. */
export function Badge({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return <span className={`badge tone-${tone}`}>{children}</span>;
}
