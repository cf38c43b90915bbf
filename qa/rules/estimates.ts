/** Rates from samples: intervals (intervals.ts), estimates weighted by chance (weighted.ts), by strata (stratified.ts), for ranking (shrinkage.ts). */
export * from './estimates/beta.ts';
export * from './estimates/intervals.ts';
export * from './estimates/shrinkage.ts';
export * from './estimates/stratified.ts';
export * from './estimates/weighted.ts';
