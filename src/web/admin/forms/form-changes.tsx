import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import type { FormChange, FormKind, FormVersionHead } from '../../../contract/forms.ts';
import { api } from '../../api/client.ts';
import { forms } from '../../i18n/forms/index.ts';
import { useFormat, useLocale, useTexts, word } from '../../i18n/locale.tsx';
import { Badge, Panel, type Tone } from '../../shared/page.tsx';
import { Empty, QueryView } from '../../shared/states.tsx';

const tones: Record<FormChange['how'], Tone> = {
  added: 'ok',
  'brought-back': 'ok',
  gone: 'bad',
  retired: 'bad',
  reworded: 'warn',
  reweighted: 'warn',
  'asked-otherwise': 'warn',
  moved: 'info',
};
const languages = ['en', 'zh'] as const;

/** Old and new words in both languages; where only one of them is there, that one. */
function Words({ change }: { change: FormChange }) {
  const t = useTexts(forms);
  const { before, after, how } = change;
  if (how !== 'reworded' || before === null || after === null) {
    const there = after ?? before;
    return there === null ? null : (
      <p>
        <span lang="en">{there.en}</span>
        <br />
        <span lang="zh-CN">{there.zh}</span>
      </p>
    );
  }
  return (
    <dl className="form-diff">
      {languages.map((language) =>
        before[language] === after[language] ? null : (
          <div key={language} lang={language === 'zh' ? 'zh-CN' : 'en'}>
            <dt className="visually-hidden">{t.before}</dt>
            <dd>
              <del>{before[language]}</del>
            </dd>
            <dt className="visually-hidden">{t.after}</dt>
            <dd>
              <ins>{after[language]}</ins>
            </dd>
          </div>
        ),
      )}
    </dl>
  );
}

function Change({ change }: { change: FormChange }) {
  const t = useTexts(forms);
  const { what, how, at, values } = change;
  const told = (value: string) =>
    value
      .split(', ')
      .map((part) => (part === 'may-not-apply' ? t.mayNotApply : word(t.askedOf, part)))
      .join(' · ');
  return (
    <li>
      <div className="row spread">
        <span className="row">
          <Badge tone={tones[how]}>{t.how[how]}</Badge>
          <span className="strong">{t.what[what]}</span>
        </span>
        <span className="muted small">
          {t.code} <code>{at.join(' › ')}</code>
        </span>
      </div>
      <Words change={change} />
      {values === null ? null : (
        <p className="muted small">
          {how === 'moved' ? t.place(values.before, values.after) : `${told(values.before)} → ${told(values.after)}`}
        </p>
      )}
    </li>
  );
}

/** Any two versions of a form side by side: what is new, retired, said in other words, in another place. */
export function FormChanges(props: { kind: FormKind; heads: readonly FormVersionHead[]; version: number }) {
  const { kind, heads, version } = props;
  const t = useTexts(forms);
  const format = useFormat();
  const { locale } = useLocale();
  const earlier = heads.filter((head) => head.version < version);
  const [from, setFrom] = useState<number | null>(null);
  const against = from ?? earlier[0]?.version ?? version;
  const query = useQuery({
    queryKey: ['form-changes', kind, against, version, heads.find((head) => head.version === version)?.revision],
    queryFn: ({ signal }) =>
      api('GET /api/form-changes/:id', {
        params: { id: kind },
        query: { from: against, to: version },
        signal,
      }),
  });
  const name = (number: number) => t.version(format.number(number));
  return (
    <Panel
      title={`${t.views.changes}${locale === 'en' ? ': ' : '：'}${name(version)}`}
      extra={
        earlier.length === 0 ? null : (
          <span className="row">
            {t.with}
            <Select
              aria-label={t.compare}
              className="wide-select"
              value={against}
              options={earlier.map((head) => ({ value: head.version, label: name(head.version) }))}
              onChange={setFrom}
            />
          </span>
        )
      }
    >
      <QueryView query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t.noChanges} />
          ) : (
            <ul className="line-list" data-testid="form-changes">
              {items.map((change) => (
                <Change key={`${change.how} ${change.what} ${change.at.join('/')}`} change={change} />
              ))}
            </ul>
          )
        }
      </QueryView>
    </Panel>
  );
}
