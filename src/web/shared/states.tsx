/** What a page shows while it has nothing to show: loading, empty, refused, failed. */
import type { UseQueryResult } from '@tanstack/react-query';
import { Button, Spin } from 'antd';
import type { ReactNode } from 'react';
import { ApiError } from '../api/problem.ts';
import { common } from '../i18n/common/index.ts';
import { useTexts } from '../i18n/locale.tsx';
import { problems } from '../i18n/problems/index.ts';
import { Icon, type IconName } from './icons.tsx';

export function StatePanel(props: {
  icon: IconName;
  title: string;
  hint?: string;
  children?: ReactNode;
  alert?: boolean;
  testId?: string;
}) {
  return (
    <div className="state-panel" role={props.alert ? 'alert' : 'status'} data-testid={props.testId}>
      <span className="state-icon">
        <Icon name={props.icon} size={26} />
      </span>
      <p className="state-title">{props.title}</p>
      {props.hint ? <p className="state-hint">{props.hint}</p> : null}
      {props.children}
    </div>
  );
}

export function Loading() {
  const t = useTexts(common);
  return (
    <div className="state-panel" role="status" aria-busy="true">
      <Spin />
      <p className="state-hint">{t.loading}</p>
    </div>
  );
}

export function Empty({ title, hint, children }: { title?: string; hint?: string; children?: ReactNode }) {
  const t = useTexts(common);
  return (
    <StatePanel icon="info" title={title ?? t.empty.title} {...(hint ? { hint } : {})}>
      {children}
    </StatePanel>
  );
}

export function Forbidden() {
  const t = useTexts(common);
  return <StatePanel icon="shield" title={t.forbidden.title} hint={t.forbidden.hint} alert testId="forbidden" />;
}

export function NotFound() {
  const t = useTexts(common);
  return <StatePanel icon="info" title={t.notFound.title} hint={t.notFound.hint} testId="not-found" />;
}

/** The sentence for a refusal: ours by its code, else the server's own. */
export function useProblemText(): (error: unknown) => string {
  const t = useTexts(problems);
  return (error) => {
    if (!(error instanceof ApiError)) return t.unknown;
    const byCode: Record<string, string> = t.byCode;
    if (error.code === 'bad-request' && error.field)
      return t.badField(error.field.replace(/^(body|query|params)\./, ''));
    return byCode[error.code] ?? (error.detail !== '' ? error.detail : t.unknown);
  };
}

/** The sentence of a code that was kept: why something failed while nobody waited for it. */
export function useProblemOfCode(): (code: string) => string {
  const t = useTexts(problems);
  const byCode: Record<string, string> = t.byCode;
  return (code) => byCode[code] ?? t.unknown;
}

export function Failed({ error, retry }: { error: unknown; retry?: () => void }) {
  const t = useTexts(common);
  const say = useProblemText();
  if (error instanceof ApiError && error.status === 403) return <Forbidden />;
  if (error instanceof ApiError && error.status === 404) return <NotFound />;
  return (
    <StatePanel icon="alert" title={t.failed.title} hint={say(error)} alert>
      {retry ? <Button onClick={retry}>{t.retry}</Button> : null}
    </StatePanel>
  );
}

/** A query's data, or the state panel that fits. Data that was once there stays on screen while it is refreshed. */
export function QueryView<T>({ query, children }: { query: UseQueryResult<T>; children: (data: T) => ReactNode }) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.isError) return <Failed error={query.error} retry={() => void query.refetch()} />;
  return <Loading />;
}
