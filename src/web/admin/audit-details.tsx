import { audit } from '../i18n/audit/index.ts';
import { behind } from '../i18n/behind/index.ts';
import { common } from '../i18n/common/index.ts';
import { useFormat, useTexts, word } from '../i18n/locale.tsx';
import { words } from '../i18n/words/index.ts';
import { short } from './short-id.ts';

/** Details that are times in milliseconds. */
const times = new Set(['from', 'to', 'joinedAt']);

/** What an entry says besides, with its names and codes in words; what has none stays as it was noted. */
export function AuditDetails({ detail }: { detail: Record<string, unknown> }) {
  const t = useTexts(audit);
  const c = useTexts(common);
  const w = useTexts(words);
  const b = useTexts(behind);
  const format = useFormat();
  const groups: Record<string, Record<string, string>> = {
    ...t.values,
    action: t.actions,
    figure: b.figures,
    role: w.roles,
    roleBefore: w.roles,
    sameMeaning: w.criteria,
    subjectType: t.subjects,
  };
  const said = (key: string, value: unknown): string => {
    if (value === null || value === '') return '–';
    if (typeof value === 'boolean') return value ? c.yes : c.no;
    if (typeof value === 'number') return times.has(key) ? format.dateTime(value) : format.number(value);
    if (typeof value !== 'string') return JSON.stringify(value);
    const group = groups[key];
    if (group === undefined) return short(value);
    // Several codes stand in one detail, divided as whoever noted them divided them.
    return format.list(value.split(/[, ]/).map((code) => word(group, code)));
  };
  const entries = Object.entries(detail);
  if (entries.length === 0) return null;
  return (
    <ul className="small">
      {entries.map(([key, value]) => (
        <li key={key}>
          <span className="muted">{word(t.details, key)}</span> {said(key, value)}
        </li>
      ))}
    </ul>
  );
}
