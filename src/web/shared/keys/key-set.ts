/** The keys of a desk: the usual ones, a person's own (kept in this browser), and how a key press is written. */
import { readLocal, writeLocal } from '../local.ts';

export type KeySet<A extends string> = {
  /** Under which name a person's own keys are kept. */
  kept: string;
  actions: readonly A[];
  usual: Record<A, string>;
  /** Goes on for as long as the key is held. */
  repeats?: readonly A[];
  /** Before a focused button or slider takes Space or the arrows for itself. */
  early?: boolean;
};

const names: Record<string, string> = { ' ': 'Space', ArrowRight: '→', ArrowLeft: '←', ArrowUp: '↑', ArrowDown: '↓' };

/** `Ctrl+Enter`, `F2`, `J`. A lone modifier is no key yet: empty. */
export function keyName(event: KeyboardEvent): string {
  if (['Control', 'Shift', 'Alt', 'Meta'].includes(event.key)) return '';
  const key = names[event.key] ?? (event.key.length === 1 ? event.key.toUpperCase() : event.key);
  const shift = event.shiftKey && event.key.length > 1 ? 'Shift+' : '';
  return `${event.ctrlKey || event.metaKey ? 'Ctrl+' : ''}${event.altKey ? 'Alt+' : ''}${shift}${key}`;
}

/** Plain letters, digits and the arrow and space keys belong to a text field or a control that has the focus. */
const isPlainKey = (name: string): boolean => !name.includes('+') && !/^F\d+$/.test(name);

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest('textarea, select, .ant-select') !== null) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'range'].includes(target.type);
}

const isBox = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement && (target.type === 'checkbox' || target.type === 'radio');

/** Whether what has the focus needs the key itself. */
export const belongsToFocus = (name: string, target: EventTarget | null): boolean =>
  (isPlainKey(name) && isTyping(target)) || (name === 'Space' && isBox(target));

export function readKeys<A extends string>({ kept, actions, usual }: KeySet<A>): Record<A, string> {
  const text = readLocal(kept);
  if (text === null) return usual;
  try {
    const own: Partial<Record<A, unknown>> = JSON.parse(text);
    const map = { ...usual };
    for (const action of actions) {
      const key = own[action];
      if (typeof key === 'string' && key !== '') map[action] = key;
    }
    return map;
  } catch {
    return usual;
  }
}

export const writeKeys = <A extends string>({ kept }: KeySet<A>, map: Record<A, string>): void =>
  writeLocal(kept, JSON.stringify(map));
