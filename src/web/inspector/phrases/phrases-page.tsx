/** What is listened for in transcripts: the centre's own words, one to a line, in versions. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import type { PhraseTable, Phrases } from '../../../contract/transcripts.ts';
import { api } from '../../api/client.ts';
import { useMay } from '../../app/me.tsx';
import { common } from '../../i18n/common/index.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { transcript } from '../../i18n/transcript/index.ts';
import { useOutcome } from '../../shared/feedback.ts';
import { Field } from '../../shared/field.tsx';
import { Page, Panel } from '../../shared/page.tsx';
import { QueryView } from '../../shared/states.tsx';
import { useUnsaved } from '../../shared/unsaved.ts';

const kinds = ['consent', 'refusal', 'unfit', 'identity', 'tariff', 'cancel'] as const;
const languages = ['zh', 'en'] as const;
type Kind = (typeof kinds)[number];
type Written = Record<`${(typeof languages)[number]}.${Kind}`, string>;

const key = (language: (typeof languages)[number], kind: Kind) => `${language}.${kind}` as const;

function linesOf({ en, zh }: Phrases): Partial<Written> {
  const of = { en, zh };
  return Object.fromEntries(languages.flatMap((l) => kinds.map((kind) => [key(l, kind), of[l][kind].join('\n')])));
}

function phrasesOf(written: Partial<Written>): Phrases {
  const list = (language: (typeof languages)[number], kind: Kind): string[] =>
    (written[key(language, kind)] ?? '')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  const of = (language: (typeof languages)[number]) => ({
    ...{ consent: list(language, 'consent'), refusal: list(language, 'refusal'), unfit: list(language, 'unfit') },
    ...{ identity: list(language, 'identity'), tariff: list(language, 'tariff'), cancel: list(language, 'cancel') },
  });
  return { en: of('en'), zh: of('zh') };
}

function Editor({ table }: { table: PhraseTable }) {
  const t = useTexts(transcript).phrases;
  const c = useTexts(common);
  const format = useFormat();
  const may = useMay()('inspection.assign');
  const client = useQueryClient();
  const { done, refused } = useOutcome();
  const [written, setWritten] = useState(() => linesOf(table.phrases));
  const changed = JSON.stringify(phrasesOf(written)) !== JSON.stringify(phrasesOf(linesOf(table.phrases)));
  useUnsaved(changed);
  const save = useMutation({
    mutationFn: () =>
      api('PUT /api/transcript-phrases', { body: { basedOn: table.version, phrases: phrasesOf(written) } }),
    onSuccess: (saved) => {
      client.setQueryData(['phrases'], saved);
      client.removeQueries({ queryKey: ['transcript'] });
      return done(c.saved);
    },
    onError: refused,
  });
  return (
    <>
      <p className="muted">
        {table.changedAt === null
          ? t.builtIn
          : t.version(String(table.version), table.changedBy?.name ?? '', format.dateTime(table.changedAt))}
      </p>
      {languages.map((language) => (
        <Panel key={language} title={t.languages[language]}>
          <div className="form-grid">
            {kinds.map((kind) => (
              <Field key={kind} label={t.kinds[kind]}>
                {(tie) => (
                  <Input.TextArea
                    {...tie}
                    lang={language}
                    readOnly={!may}
                    autoSize={{ minRows: 4, maxRows: 12 }}
                    value={written[key(language, kind)] ?? ''}
                    onChange={(event) => setWritten({ ...written, [key(language, kind)]: event.target.value })}
                  />
                )}
              </Field>
            ))}
          </div>
        </Panel>
      ))}
      {may ? (
        <div className="row">
          <Button type="primary" disabled={!changed} loading={save.isPending} onClick={() => save.mutate()}>
            {c.save}
          </Button>
        </div>
      ) : null}
    </>
  );
}

export default function PhrasesPage() {
  const t = useTexts(transcript).phrases;
  const query = useQuery({
    queryKey: ['phrases'],
    queryFn: ({ signal }) => api('GET /api/transcript-phrases', { signal }),
  });
  return (
    <Page title={t.title} intro={t.intro}>
      <QueryView query={query}>{(table) => <Editor key={table.version} table={table} />}</QueryView>
    </Page>
  );
}
