import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Input } from 'antd';
import type { Reason } from '../../contract/reasons.ts';
import { api } from '../api/client.ts';
import { useMay } from '../app/me.tsx';
import { admin } from '../i18n/admin/index.ts';
import { common } from '../i18n/common/index.ts';
import { useLocale, useTexts } from '../i18n/locale.tsx';
import { useEdited } from '../shared/unsaved.ts';
import { useOutcome } from '../shared/feedback.ts';
import { Panel } from '../shared/page.tsx';
import { type ReasonList as List, reasonsQuery } from '../shared/reason-lists.ts';
import { QueryView } from '../shared/states.tsx';

type Row = Reason & { fresh?: true };
const codeShape = /^[a-z][a-z0-9-]{0,49}$/;

function Editor({ list, items }: { list: List; items: Reason[] }) {
  const t = useTexts(admin).forms;
  const c = useTexts(common);
  const { done, refused } = useOutcome();
  const { draft: rows, setDraft: setRows, taken } = useEdited<Row[]>(items);
  const set = (index: number, part: Partial<Row>) =>
    setRows(rows.map((known, at) => (at === index ? { ...known, ...part } : known)));
  const codes = new Set(rows.map(({ code }) => code));
  const ready =
    codes.size === rows.length &&
    rows.every(({ code, label }) => codeShape.test(code) && label.en.trim() !== '' && label.zh.trim() !== '') &&
    rows.some(({ offered }) => offered);
  const save = useMutation({
    mutationFn: () =>
      api(`PUT /api/${list}`, {
        body: { items: rows.map(({ code, label, offered }) => ({ code, label, offered })) },
      }),
    onSuccess: () => {
      taken(rows);
      return done(c.saved, list, 'desk-campaign');
    },
    onError: refused,
  });
  return (
    <form
      className="column tight"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      {rows.map((row, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: the code is being written while the row is new.
          key={index}
          className="reason-row"
        >
          {row.fresh === true ? (
            <Input
              aria-label={t.code}
              placeholder={t.code}
              value={row.code}
              maxLength={50}
              onChange={(event) => set(index, { code: event.target.value.trim() })}
            />
          ) : (
            <span className="muted small">
              {t.code} <code>{row.code}</code>
            </span>
          )}
          <Checkbox checked={row.offered} onChange={(event) => set(index, { offered: event.target.checked })}>
            {t.offered}
          </Checkbox>
          <Input
            aria-label={t.labelIn.en}
            placeholder={t.labelIn.en}
            value={row.label.en}
            onChange={(event) => set(index, { label: { ...row.label, en: event.target.value } })}
          />
          <Input
            aria-label={t.labelIn.zh}
            placeholder={t.labelIn.zh}
            value={row.label.zh}
            onChange={(event) => set(index, { label: { ...row.label, zh: event.target.value } })}
          />
        </div>
      ))}
      <div className="row">
        <Button
          onClick={() => setRows([...rows, { code: '', label: { en: '', zh: '' }, offered: true, fresh: true }])}
          data-testid={`add-${list}`}
        >
          {t.addReason}
        </Button>
        <Button
          type="primary"
          htmlType="submit"
          disabled={!ready}
          loading={save.isPending}
          data-testid={`save-${list}`}
        >
          {c.save}
        </Button>
      </div>
    </form>
  );
}

/** What agents choose from: why customers refuse, or why they take a break. */
export function ReasonList({ list }: { list: List }) {
  const t = useTexts(admin).forms;
  const { locale } = useLocale();
  const may = useMay()('organisation.manage');
  const query = useQuery(reasonsQuery(list));
  return (
    <Panel title={t[list].title}>
      <p className="muted small">{t[list].hint}</p>
      <QueryView query={query}>
        {({ items }) =>
          may ? (
            <Editor list={list} items={items} />
          ) : (
            <ul className="line-list">
              {items.map((reason) => (
                <li key={reason.code}>
                  {reason.label[locale]} {reason.offered ? null : <span className="muted small">{t.notOffered}</span>}
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
    </Panel>
  );
}
