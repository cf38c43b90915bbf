/** Keys of the agent desk: the usual ones, the agent's own (kept in this browser), and how a key press is written. */
import { readLocal, writeLocal } from '../../shared/local.ts';

export const keyActions = [
  'ready',
  'break',
  'hangUp',
  'hold',
  'transfer',
  'question',
  'accept',
  'optOut',
  'save',
  'nextStep',
  'previousStep',
  'tick',
  'note',
  'keys',
] as const;
export type KeyAction = (typeof keyActions)[number];
export type KeyMap = Record<KeyAction, string>;

export const usualKeys: KeyMap = {
  ready: 'F2',
  break: 'F4',
  hangUp: 'F8',
  hold: 'H',
  transfer: 'X',
  question: 'Q',
  accept: 'F7',
  optOut: 'F9',
  save: 'Ctrl+Enter',
  nextStep: 'J',
  previousStep: 'K',
  tick: 'T',
  note: 'N',
  keys: '?',
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
export const isPlainKey = (name: string): boolean => !name.includes('+') && !/^F\d+$/.test(name);

export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'range'].includes(target.type);
}

export function readKeys(): KeyMap {
  const kept = readLocal('keys');
  if (kept === null) return usualKeys;
  try {
    const own: Partial<Record<KeyAction, unknown>> = JSON.parse(kept);
    const map = { ...usualKeys };
    for (const action of keyActions) {
      const key = own[action];
      if (typeof key === 'string' && key !== '') map[action] = key;
    }
    return map;
  } catch {
    return usualKeys;
  }
}

export const writeKeys = (map: KeyMap): void => writeLocal('keys', JSON.stringify(map));
