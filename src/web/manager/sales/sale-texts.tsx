import type { SaleDetail } from '../../../contract/sales.ts';
import { texts } from '../../i18n/texts/index.ts';
import { useFormat, useTexts, word } from '../../i18n/locale.tsx';
import { Badge, Panel, type Tone } from '../../shared/page.tsx';

const tones: Partial<Record<string, Tone>> = {
  delivered: 'ok',
  failed: 'bad',
  yes: 'ok',
  no: 'warn',
  'opt-out': 'bad',
};

/** What was written to the customer and what came back, in the order in which it happened. */
export function SaleTexts({ sale }: { sale: SaleDetail }) {
  const t = useTexts(texts);
  const format = useFormat();
  if (sale.texts.length === 0) return null;
  const said = [
    ...sale.texts.map((text) => ({
      key: text.id,
      at: text.at,
      head: t.kinds[text.kind],
      code: text.state,
      mark: t.states[text.state],
      body: text.body,
      note:
        text.failure !== null
          ? word(t.failures, text.failure)
          : text.waitsUntil !== null
            ? t.waitsUntil(format.dateTime(text.waitsUntil))
            : '',
    })),
    ...sale.replies.map((reply) => ({
      key: reply.id,
      at: reply.at,
      head: t.reply,
      code: reply.reading,
      mark: t.readings[reply.reading],
      body: reply.body ?? '',
      note: '',
    })),
  ].sort((a, b) => a.at - b.at);
  return (
    <Panel title={t.title}>
      <ol className="line-list">
        {said.map(({ key, at, head, code, mark, body, note }) => (
          <li key={key}>
            <div className="row spread">
              <span>
                <span className="strong">{head}</span> <Badge tone={tones[code] ?? 'plain'}>{mark}</Badge>
              </span>
              <span className="muted small">{format.dateTime(at)}</span>
            </div>
            {body === '' ? null : <p className="quote">{body}</p>}
            {note === '' ? null : <p className="muted small">{note}</p>}
          </li>
        ))}
      </ol>
    </Panel>
  );
}
