import type { Section } from '../locale.tsx';
import { en } from './en.ts';
import { zh } from './zh.ts';

export const effects: Section<typeof en> = { en, zh };
