/** Small choices kept in this browser (language, appearance, keys). Never personal data. A full or blocked store is no error. */
const prefix = 'fairline.';

export function readLocal(name: string): string | null {
  try {
    return window.localStorage.getItem(prefix + name);
  } catch {
    return null;
  }
}

export function writeLocal(name: string, value: string): void {
  try {
    window.localStorage.setItem(prefix + name, value);
  } catch {
    // The choice then lasts as long as the page.
  }
}
