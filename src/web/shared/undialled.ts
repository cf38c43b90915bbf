/** Why a contact is not dialled now, in words. Codes of limits, retries and outcomes carry what they are about. */
import { useTexts, word } from '../i18n/locale.tsx';
import { wallboard } from '../i18n/wallboard/index.ts';
import { words } from '../i18n/words/index.ts';

export function useUndialledReason(): (code: string | null) => string {
  const t = useTexts(wallboard);
  const w = useTexts(words);
  const ends = { ...w.dispositions, ...w.outcomes };
  return (code) => {
    const [, kind, about] = /^(retry|after|limit)-(.+)$/.exec(code ?? '') ?? [];
    if (kind === 'retry') return t.waitsAfter(word(ends, about));
    if (kind === 'after') return t.endedAfter(word(ends, about));
    if (kind === 'limit') return word(t.reasons, about);
    return word({ ...ends, ...t.reasons }, code);
  };
}
