import { Button, Input } from 'antd';
import type { Campaign } from '../../../contract/campaigns.ts';
import { common } from '../../i18n/common/index.ts';
import { useTexts } from '../../i18n/locale.tsx';
import { texts as catalogue } from '../../i18n/texts/index.ts';
import { useEdited } from '../../shared/unsaved.ts';
import { Field, NumberField } from '../../shared/field.tsx';
import { Panel } from '../../shared/page.tsx';
import { useSettings } from './use-settings.ts';

const lists = ['yes', 'no', 'optOut'] as const;
const joined = (words: readonly string[]) => words.join(', ');
const divided = (text: string) =>
  text
    .split(/[,，、\n]/)
    .map((word) => word.trim())
    .filter((word) => word !== '');

/** The wordings of the two-step close and what replies mean. The server refuses a word that stands in two lists. */
export function TextsForm({ campaign }: { campaign: Campaign }) {
  const t = useTexts(catalogue);
  const c = useTexts(common);
  const { save, locked } = useSettings(campaign);
  const kept = campaign.settings.texts;
  const { draft, setDraft, taken } = useEdited({
    terms: kept.terms,
    notice: kept.notice,
    sender: kept.sender ?? '',
    replyWithinDays: kept.replyWithinDays,
    words: { yes: joined(kept.yes), no: joined(kept.no), optOut: joined(kept.optOut) },
  });
  const { terms, notice, sender, replyWithinDays, words } = draft;
  const change = (part: Partial<typeof draft>) => setDraft((known) => ({ ...known, ...part }));
  const wordings = [
    { label: t.terms, value: terms, set: (text: string) => change({ terms: text }) },
    { label: t.notice, value: notice, set: (text: string) => change({ notice: text }) },
  ];
  return (
    <Panel title={t.wordings}>
      <form
        className="column"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(
            {
              texts: {
                terms,
                notice,
                replyWithinDays,
                sender: sender.trim() === '' ? null : sender.trim(),
                yes: divided(words.yes),
                no: divided(words.no),
                optOut: divided(words.optOut),
              },
            },
            { onSuccess: () => taken(draft) },
          );
        }}
      >
        <p className="muted">{t.wordingsHint}</p>
        {wordings.map(({ label, value, set }) => (
          <Field key={label} label={label}>
            {(tie) => (
              <Input.TextArea
                {...tie}
                rows={3}
                minLength={10}
                maxLength={1000}
                disabled={locked}
                value={value}
                onChange={(event) => set(event.target.value)}
              />
            )}
          </Field>
        ))}
        <div className="form-grid">
          <Field label={t.sender} hint={t.senderHint}>
            {(tie) => (
              <Input
                {...tie}
                value={sender}
                disabled={locked}
                onChange={(event) => change({ sender: event.target.value })}
              />
            )}
          </Field>
          <NumberField
            label={t.replyWithinDays}
            value={replyWithinDays}
            min={0}
            max={30}
            disabled={locked}
            change={(days) => change({ replyWithinDays: days })}
          />
        </div>
        {lists.map((list) => (
          <Field key={list} label={t[list]} hint={list === 'yes' ? t.wordsHint : undefined}>
            {(tie) => (
              <Input.TextArea
                {...tie}
                autoSize
                disabled={locked}
                value={words[list]}
                onChange={(event) => change({ words: { ...words, [list]: event.target.value } })}
              />
            )}
          </Field>
        ))}
        {locked ? null : (
          <div>
            <Button type="primary" htmlType="submit" loading={save.isPending}>
              {c.save}
            </Button>
          </div>
        )}
      </form>
    </Panel>
  );
}
