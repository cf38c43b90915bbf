import type { Section } from '../locale.tsx';
import { en } from './en.ts';
import { zh } from './zh.ts';

export const segments: Section<typeof en> = { en, zh };
