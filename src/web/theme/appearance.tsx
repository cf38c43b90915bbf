/** Light or dark: the user's choice, kept in the browser; until chosen, what the operating system says. */
import { createContext, type ReactNode, useContext, useLayoutEffect, useMemo, useState } from 'react';
import { readLocal, writeLocal } from '../shared/local.ts';
import { type Appearance, palettes } from './palette.ts';

type AppearanceChoice = { appearance: Appearance; toggle: () => void };

const Context = createContext<AppearanceChoice>({ appearance: 'light', toggle: () => {} });

export const useAppearance = () => useContext(Context);

/** Colours for canvases (charts, waveforms), which cannot read CSS variables. */
export const usePalette = () => palettes[useAppearance().appearance];

function initialAppearance(): Appearance {
  const kept = readLocal('appearance');
  if (kept === 'light' || kept === 'dark') return kept;
  return window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

export function AppearanceProvider({ children }: { children: ReactNode }) {
  const [appearance, setAppearance] = useState(initialAppearance);
  useLayoutEffect(() => {
    const root = document.documentElement;
    root.dataset.appearance = appearance;
    root.style.colorScheme = appearance;
    for (const [name, value] of Object.entries(palettes[appearance])) root.style.setProperty(`--${name}`, value);
  }, [appearance]);
  const choice = useMemo(
    () => ({
      appearance,
      toggle: () => {
        const next = appearance === 'light' ? 'dark' : 'light';
        writeLocal('appearance', next);
        setAppearance(next);
      },
    }),
    [appearance],
  );
  return <Context value={choice}>{children}</Context>;
}
