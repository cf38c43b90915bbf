/** A long page on a phone: its panels fold up to their headings, and a list on top leads to each. Elsewhere, and on paper, all are open. */
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react';
import { common } from '../i18n/common/index.ts';
import { useTexts } from '../i18n/locale.tsx';

type Section = { id: string; title: string };
type Folds = {
  open: ReadonlySet<string>;
  toggle: (id: string) => void;
  register: (section: Section) => () => void;
};

const Context = createContext<Folds | null>(null);
const phone = '(max-width: 640px)';

function useOnPhone(): boolean {
  return useSyncExternalStore(
    useCallback((listen: () => void) => {
      const query = window.matchMedia(phone);
      query.addEventListener('change', listen);
      return () => query.removeEventListener('change', listen);
    }, []),
    () => window.matchMedia(phone).matches,
  );
}

/** Panels inside fold on a phone; the first one begins open. */
export function Folding({ children }: { children: ReactNode }) {
  const t = useTexts(common);
  const onPhone = useOnPhone();
  const [sections, setSections] = useState<readonly Section[]>([]);
  const [changed, change] = useState<ReadonlyMap<string, boolean>>(new Map());
  const register = useCallback((section: Section) => {
    setSections((known) => [...known.filter(({ id }) => id !== section.id), section]);
    return () => setSections((known) => known.filter(({ id }) => id !== section.id));
  }, []);
  const folds = useMemo(() => {
    const begins = (id: string) => changed.get(id) ?? id === sections[0]?.id;
    const open = new Set(sections.filter(({ id }) => begins(id)).map(({ id }) => id));
    const toggle = (id: string) =>
      change((known) => new Map(known).set(id, !(known.get(id) ?? id === sections[0]?.id)));
    return { open, toggle, register };
  }, [sections, changed, register]);
  const lead = (id: string) => {
    change((known) => new Map(known).set(id, true));
    const heading = document.getElementById(id);
    heading?.scrollIntoView();
    heading?.querySelector('button')?.focus({ preventScroll: true });
  };
  return (
    <Context value={onPhone ? folds : null}>
      {onPhone ? (
        <nav aria-label={t.onThisPage} className="jump-list no-print">
          <ul>
            {sections.map(({ id, title }) => (
              <li key={id}>
                <button type="button" className="link-button" onClick={() => lead(id)}>
                  {title}
                </button>
              </li>
            ))}
          </ul>
        </nav>
      ) : null}
      {children}
    </Context>
  );
}

/** How the panel with this heading stands; null where nothing folds. */
export function useFold(id: string, title: string): { open: boolean; toggle: () => void } | null {
  const folds = useContext(Context);
  const register = folds?.register;
  useEffect(() => register?.({ id, title }), [register, id, title]);
  return folds === null ? null : { open: folds.open.has(id), toggle: () => folds.toggle(id) };
}
