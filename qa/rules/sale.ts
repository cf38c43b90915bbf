/**
 * The life of a sale: the campaign's terms (terms.ts), how its calls were judged (judgement.ts), what it holds (state.ts), the status that
 * follows from it (settle.ts), signals (decide.ts) and deadlines (clock.ts). The second confirmation has its own file, confirmation.ts.
 */
export { nextDeadline } from './sale/clock.ts';
export * from './sale/decide.ts';
export * from './sale/judgement.ts';
export { confirmationStanding, fourCriteria, mayBill, type SaleContext } from './sale/settle.ts';
export * from './sale/state.ts';
export * from './sale/terms.ts';
