import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Segmented, Select } from 'antd';
import { useState } from 'react';
import type { FormKind, FormVersion, FormVersionHead } from '../../../contract/forms.ts';
import { api } from '../../api/client.ts';
import { useMay } from '../../app/me.tsx';
import { Link } from '../../app/router.tsx';
import { common } from '../../i18n/common/index.ts';
import { forms } from '../../i18n/forms/index.ts';
import { useFormat, useTexts, word } from '../../i18n/locale.tsx';
import { useConfirm } from '../../shared/confirm.ts';
import { useOutcome } from '../../shared/feedback.ts';
import { Badge, Page, Panel } from '../../shared/page.tsx';
import { Empty, QueryView } from '../../shared/states.tsx';
import { bodyOf } from './draft.ts';
import { FormChanges } from './form-changes.tsx';
import { FormContent } from './form-content.tsx';
import { FormEditor } from './form-editor.tsx';
import { FormPreview } from './form-preview.tsx';
import { PublishForm } from './publish-form.tsx';

type View = 'edit' | 'content' | 'changes' | 'preview';

const versionQuery = (id: FormKind, version: number) => ({
  queryKey: ['form-version', id, version],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    api('GET /api/form-versions/:id/:version', { params: { id, version }, signal }),
});

function Faults({ version }: { version: FormVersion }) {
  const t = useTexts(forms);
  return (
    <Panel title={t.inTheWay}>
      {version.faults.length === 0 ? (
        <p className="muted">{t.nothingInTheWay}</p>
      ) : (
        <ul className="line-list" data-testid="form-faults">
          {version.faults.map(({ code, field }) => (
            <li key={`${code} ${field}`}>
              {word(t.faults, code)}{' '}
              <code className="muted small">{field.replace(/^criteria\.?/, '').replaceAll('.', ' › ')}</code>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** The draft being written: its predecessor says which keys are published already. */
function Draft({
  version,
  dirty,
  setDirty,
}: {
  version: FormVersion;
  dirty: boolean;
  setDirty: (dirty: boolean) => void;
}) {
  const before = useQuery(versionQuery(version.formId, version.version - 1));
  return (
    <div className="column">
      <Faults version={version} />
      <QueryView query={before}>
        {(known) => (
          <FormEditor
            key={version.revision}
            version={version}
            before={bodyOf(known)}
            dirty={dirty}
            setDirty={setDirty}
          />
        )}
      </QueryView>
    </div>
  );
}

function Opened({ kind, heads }: { kind: FormKind; heads: FormVersionHead[] }) {
  const t = useTexts(forms);
  const c = useTexts(common);
  const format = useFormat();
  const may = useMay()('form.write');
  const confirm = useConfirm();
  const { done, refused } = useOutcome();
  const draft = heads.find(({ state }) => state === 'draft');
  const inForce = heads.find(({ state }) => state === 'published');
  const [chosen, choose] = useState<number | null>(null);
  const [view, setView] = useState<View>('content');
  const [dirty, setDirty] = useState(false);
  const [publishing, setPublishing] = useState(false);
  const head = heads.find(({ version }) => version === chosen) ?? draft ?? inForce;
  const query = useQuery({ ...versionQuery(kind, head?.version ?? 1), enabled: head !== undefined });
  const begin = useMutation({
    mutationFn: () => api('POST /api/form-drafts/:id', { params: { id: kind } }),
    onSuccess: async ({ version }) => {
      choose(version);
      setView('edit');
      await done(t.begun(format.number(version)), 'form-versions');
    },
    onError: refused,
  });
  const discard = useMutation({
    mutationFn: (revision: number) => api('DELETE /api/form-drafts/:id', { params: { id: kind }, query: { revision } }),
    onSuccess: () => {
      choose(null);
      setView('content');
      setDirty(false);
      return done(t.discarded, 'form-versions');
    },
    onError: refused,
  });
  if (head === undefined) return <Empty title={t.none} />;
  const name = (version: number) => t.version(format.number(version));
  const isDraft = head.state === 'draft';
  const writes = may && isDraft;
  const views: View[] = writes ? ['edit', 'content', 'changes', 'preview'] : ['content', 'changes', 'preview'];
  const shown = writes || view !== 'edit' ? view : 'content';
  const told = isDraft
    ? t.draftedBy(head.draftedBy ?? '', format.dateTime(head.draftedAt))
    : head.publishedBy === null || head.publishedAt === null
      ? t.comesWith
      : t.publishedBy(head.publishedBy, format.dateTime(head.publishedAt));
  return (
    <Page
      title={t.names[kind]}
      intro={
        <>
          <Badge tone={isDraft ? 'warn' : 'ok'}>
            {isDraft ? t.states.draft : head === inForce ? t.states.inForce : t.states.published}
          </Badge>{' '}
          {name(head.version)} · {told}
          {head.note === '' ? '' : ` · ${head.note}`}
        </>
      }
      actions={
        <>
          <Link to="/forms">{c.back}</Link>
          {may && draft === undefined ? (
            <Button type="primary" loading={begin.isPending} onClick={() => begin.mutate()} data-testid="begin-form">
              {t.begin}
            </Button>
          ) : null}
          {writes ? (
            <>
              <Button
                danger
                onClick={() =>
                  confirm({
                    title: t.discardTitle(t.names[kind], format.number(head.version)),
                    consequence: t.discardHint,
                    action: t.discard,
                    act: () => discard.mutateAsync(head.revision),
                  })
                }
              >
                {t.discard}
              </Button>
              <Button
                type="primary"
                disabled={dirty || query.data === undefined || query.data.faults.length > 0}
                title={dirty ? t.saveFirst : (query.data?.faults.length ?? 0) > 0 ? t.mendFirst : ''}
                onClick={() => setPublishing(true)}
                data-testid="publish-form"
              >
                {t.publish}
              </Button>
            </>
          ) : null}
        </>
      }
    >
      <div className="toolbar">
        <Select
          aria-label={t.chooseVersion}
          className="wide-select"
          value={head.version}
          disabled={dirty}
          options={heads.map(({ version, state }) => ({
            value: version,
            label: `${name(version)}${state === 'draft' ? ` · ${t.states.draft}` : ''}`,
          }))}
          onChange={choose}
        />
        <Segmented
          aria-label={t.names[kind]}
          value={shown}
          disabled={dirty}
          options={views.map((value) => ({ value, label: t.views[value] }))}
          onChange={setView}
        />
        {dirty ? <span className="muted small">{t.saveFirst}</span> : null}
      </div>
      <QueryView query={query}>
        {(version) => (
          <>
            <PublishForm version={version} open={publishing} close={() => setPublishing(false)} />
            {shown === 'edit' ? <Draft version={version} dirty={dirty} setDirty={setDirty} /> : null}
            {shown === 'content' ? <FormContent version={version} /> : null}
            {shown === 'changes' ? (
              <FormChanges key={head.version} kind={kind} heads={heads} version={head.version} />
            ) : null}
            {shown === 'preview' ? <FormPreview version={version} /> : null}
          </>
        )}
      </QueryView>
    </Page>
  );
}

/** One kind of form with all its versions: read, compared, tried, written while it is a draft. */
export function FormPage({ kind }: { kind: FormKind }) {
  const query = useQuery({
    queryKey: ['form-versions', kind],
    queryFn: ({ signal }) => api('GET /api/form-versions', { query: { form: kind }, signal }),
  });
  return <QueryView query={query}>{({ items }) => <Opened kind={kind} heads={items} />}</QueryView>;
}
