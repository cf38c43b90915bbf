/**
 * The colours of the application, one table for both appearances. Text colours reach a contrast of at least 4.5:1 on
 * every surface they are used on (WCAG 2.2, 1.4.3); meaning is never carried by colour alone.
 */
export type Appearance = 'light' | 'dark';

export type Palette = {
  ground: string;
  surface: string;
  raised: string;
  line: string;
  'line-strong': string;
  text: string;
  muted: string;
  accent: string;
  'accent-soft': string;
  'on-accent': string;
  ok: string;
  'ok-soft': string;
  warn: string;
  'warn-soft': string;
  bad: string;
  'bad-soft': string;
  info: string;
  'info-soft': string;
};

const light: Palette = {
  ground: '#f3f5f6',
  surface: '#ffffff',
  raised: '#f0f4f5',
  line: '#dbe2e5',
  'line-strong': '#87979f',
  text: '#15232a',
  muted: '#4b5c65',
  accent: '#0a6b70',
  'accent-soft': '#e0f1f1',
  'on-accent': '#ffffff',
  ok: '#17703a',
  'ok-soft': '#e2f3e8',
  warn: '#7d5100',
  'warn-soft': '#fdf0d5',
  bad: '#b02318',
  'bad-soft': '#fde8e5',
  info: '#1d5a9e',
  'info-soft': '#e4eefa',
};

const dark: Palette = {
  ground: '#0d1417',
  surface: '#151f24',
  raised: '#1c2930',
  line: '#2c3b43',
  'line-strong': '#6d7f88',
  text: '#e7eef1',
  muted: '#a9b8bf',
  accent: '#5cc9c2',
  'accent-soft': '#143a3b',
  'on-accent': '#04211f',
  ok: '#6fd197',
  'ok-soft': '#14351f',
  warn: '#f0b955',
  'warn-soft': '#3a2c0c',
  bad: '#ff9087',
  'bad-soft': '#42191a',
  info: '#86b8f5',
  'info-soft': '#15304f',
};

export const palettes: Record<Appearance, Palette> = { light, dark };
