import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import type { ScriptBody, ScriptVersion } from '../../contract/scripts.ts';
import { api } from '../api/client.ts';
import { useMay } from '../app/me.tsx';
import { go, Link } from '../app/router.tsx';
import { admin } from '../i18n/admin/index.ts';
import { common } from '../i18n/common/index.ts';
import { tagOf, useFormat, useLocale, useTexts } from '../i18n/locale.tsx';
import { words } from '../i18n/words/index.ts';
import { useConfirm } from '../shared/confirm.ts';
import { useOutcome } from '../shared/feedback.ts';
import { Badge, Page, Panel } from '../shared/page.tsx';
import { ReasonDialog } from '../shared/reason-dialog.tsx';
import { Said } from '../shared/said.tsx';
import { QueryView } from '../shared/states.tsx';
import { useEdited } from '../shared/unsaved.ts';
import { ScriptEditor } from './script-editor.tsx';
import { scriptTones } from './script-tones.ts';

/** Words in every language they are written in, the reader's own first: what is approved is all of them. */
function Words({ text }: { text: { en: string; zh: string } }) {
  const { locale } = useLocale();
  const order = locale === 'en' ? (['en', 'zh'] as const) : (['zh', 'en'] as const);
  return order
    .filter((language) => text[language].trim() !== '')
    .map((language, index) => (
      <p key={language} lang={tagOf(language)} className={index === 0 ? 'prewrap' : 'prewrap muted'}>
        {text[language]}
      </p>
    ));
}

function ScriptText({ body }: { body: ScriptVersion['body'] }) {
  const t = useTexts(admin).scripts;
  const w = useTexts(words).mustSay;
  const { locale } = useLocale();
  return (
    <div className="grid two">
      <Panel title={t.steps}>
        <ol className="line-list">
          {body.steps.map((step) => (
            <li key={step.id}>
              <h3>
                <Said words={step.title} language={locale} />
                {step.title.en.trim() === '' || step.title.zh.trim() === '' ? null : (
                  <>
                    {' · '}
                    <Said words={step.title} language={locale === 'en' ? 'zh' : 'en'} />
                  </>
                )}
              </h3>
              <Words text={step.text} />
            </li>
          ))}
        </ol>
      </Panel>
      <Panel title={t.mustSay}>
        <ul className="line-list">
          {body.mustSay.map((item) => (
            <li key={item.id}>
              <span className="strong">{w[item.kind]}</span>
              <Words text={item.text} />
            </li>
          ))}
        </ul>
      </Panel>
    </div>
  );
}

function Version({ version }: { version: ScriptVersion }) {
  const t = useTexts(admin).scripts;
  const c = useTexts(common);
  const format = useFormat();
  const may = useMay();
  const confirm = useConfirm();
  const { done, refused } = useOutcome();
  const [withdrawing, setWithdrawing] = useState(false);
  const params = { id: version.id };
  const after = { onSuccess: () => done(t.done, 'script-version', 'scripts'), onError: refused };
  const edited = useEdited<ScriptBody>(version.body);
  /** What is on the page goes to the client, also where nobody pressed Save before. */
  const submit = useMutation({
    mutationFn: async () => {
      if (edited.changed) {
        await api('PUT /api/script-versions/:id', { params, body: { body: edited.draft } });
        edited.taken(edited.draft);
      }
      await api('POST /api/script-versions/:id/submit', { params });
    },
    ...after,
  });
  const approve = useMutation({ mutationFn: () => api('POST /api/script-versions/:id/approve', { params }), ...after });
  const withdraw = useMutation({
    mutationFn: (why: string) => api('POST /api/script-versions/:id/withdraw', { params, body: { why } }),
    onSuccess: () => {
      setWithdrawing(false);
      return after.onSuccess();
    },
    onError: refused,
  });
  const copy = useMutation({
    mutationFn: () =>
      api('POST /api/scripts/:id/versions', { params: { id: version.scriptId }, body: { body: edited.draft } }),
    onSuccess: async (made) => {
      await done(t.done, 'scripts');
      go(`/scripts/${made.id}`);
    },
    onError: refused,
  });
  const draft = version.state === 'draft';
  return (
    <Page
      title={`${version.scriptName} · ${t.version(format.number(version.version))}`}
      intro={
        <>
          <Badge tone={scriptTones[version.state]}>{t.states[version.state]}</Badge> {version.productName}
          {version.approvedAt === null
            ? ''
            : ` · ${t.approvedBy(version.approvedBy ?? '', format.dateTime(version.approvedAt))}`}
        </>
      }
      actions={
        <>
          <Link to="/scripts">{c.back}</Link>
          {may('script.write') ? (
            <Button loading={copy.isPending} onClick={() => copy.mutate()}>
              {t.newVersion}
            </Button>
          ) : null}
          {may('script.write') && draft ? (
            <Button
              type="primary"
              loading={submit.isPending}
              onClick={() =>
                confirm({
                  title: t.submitTitle(format.number(version.version)),
                  consequence: t.submitHint,
                  action: t.submit,
                  danger: false,
                  act: () => submit.mutateAsync(),
                })
              }
            >
              {t.submit}
            </Button>
          ) : null}
          {may('script.approve') && (version.state === 'submitted' || version.state === 'approved') ? (
            <Button danger onClick={() => setWithdrawing(true)}>
              {t.withdraw}
            </Button>
          ) : null}
          {may('script.approve') && version.state === 'submitted' ? (
            <Button
              type="primary"
              onClick={() =>
                confirm({
                  title: t.approveTitle,
                  consequence: t.approveHint,
                  action: t.approve,
                  danger: false,
                  act: () => approve.mutateAsync(),
                })
              }
              data-testid="approve-script"
            >
              {t.approve}
            </Button>
          ) : null}
        </>
      }
    >
      <ReasonDialog
        open={withdrawing}
        title={t.withdrawTitle}
        hint={t.withdrawHint}
        label={t.why}
        action={t.withdraw}
        danger
        busy={withdraw.isPending}
        close={() => setWithdrawing(false)}
        send={(why) => withdraw.mutate(why)}
      />
      {draft && may('script.write') ? (
        <ScriptEditor id={version.id} edited={edited} />
      ) : (
        <ScriptText body={version.body} />
      )}
    </Page>
  );
}

/** One version: read, written while it is a draft, approved or refused by the client. */
export function ScriptVersionPage({ id }: { id: string }) {
  const query = useQuery({
    queryKey: ['script-version', id],
    queryFn: ({ signal }) => api('GET /api/script-versions/:id', { params: { id }, signal }),
  });
  return <QueryView query={query}>{(version) => <Version version={version} />}</QueryView>;
}
