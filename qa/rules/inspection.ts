/** The life of an inspection: what it holds (state.ts), what a signal does to it (decide.ts, clock.ts), who may see it (blind.ts). */
export * from './inspection/blind.ts';
export * from './inspection/decide.ts';
export * from './inspection/state.ts';
