/** A command as somebody writes it in a setting, taken apart without a shell: what stands in it is a word, whatever signs it has. */

/** Words divided by blanks; quotes of either kind hold one together. Null: a quote is not closed, or there is no word. */
export function commandWords(line: string): string[] | null {
  const words: string[] = [];
  const rest = line.trim();
  const word = /\s*((?:[^\s"']+|"[^"]*"|'[^']*')+)/y;
  while (word.lastIndex < rest.length) {
    const found = word.exec(rest);
    if (found === null) return null;
    words.push(
      (found[1] ?? '').replace(
        /"([^"]*)"|'([^']*)'/g,
        (_all, double?: string, single?: string) => double ?? single ?? '',
      ),
    );
  }
  return words.length === 0 ? null : words;
}

/** Puts values in the place of {names}. */
export function filled(words: readonly string[], values: Readonly<Record<string, string>>): string[] {
  return words.map((word) => word.replace(/\{(\w+)\}/g, (all, name: string) => values[name] ?? all));
}

export const COMMAND_PLACES = ['file', 'lang', 'language', 'out'] as const;

/** What is wrong with such a setting, as the end of a sentence; null: nothing. */
export function commandFault(line: string): string | null {
  const words = commandWords(line);
  if (words === null) return 'must be a command whose quotes are closed';
  if (!words.slice(1).some((word) => word.includes('{file}')))
    return 'must have {file} where the sound’s file is to stand';
  return null;
}
