/** Tightened inspection of an agent: what is kept (state.ts), how it switches (decide.ts), what follows for draws and calls (consequence.ts). */
export * from './tightening/consequence.ts';
export * from './tightening/decide.ts';
export * from './tightening/state.ts';
