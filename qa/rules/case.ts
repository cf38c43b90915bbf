/** Complaints, problems, suggestions and visits (K1–K5): what a case holds (case/state.ts), its life (case/decide.ts), its doubles (case/duplicates.ts). */
export * from './case/decide.ts';
export * from './case/duplicates.ts';
export * from './case/state.ts';
