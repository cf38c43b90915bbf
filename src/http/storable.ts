/** Text that no store can keep: PostgreSQL takes no NUL, and half a surrogate pair is no character in any encoding. */
import { ApiError } from './errors.ts';

/** Refuses what holds such text anywhere; the field at fault is named, after the part of the request that it stands in. */
export function requireStorable(parts: Readonly<Record<string, unknown>>): void {
  for (const [name, part] of Object.entries(parts)) {
    const field = unstorable(part, name);
    if (field !== null)
      throw new ApiError('bad-request', { field, detail: `${field}: holds a character that is none.` });
  }
}

/** The path of the first text that cannot be kept, or null. Lists and objects are walked, not recursed, however deep they are. */
function unstorable(value: unknown, path: string): string | null {
  const waiting: { value: unknown; path: string }[] = [{ value, path }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next.value === 'string') {
      if (!isStorable(next.value)) return next.path;
    } else if (typeof next.value === 'object' && next.value !== null) {
      for (const [key, inner] of Object.entries(next.value)) {
        if (!isStorable(key)) return next.path;
        waiting.push({ value: inner, path: `${next.path}.${key}` });
      }
    }
  }
  return null;
}

function isStorable(text: string): boolean {
  return !text.includes('\0') && !/\p{Surrogate}/u.test(text);
}
