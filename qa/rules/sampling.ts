/**
 * Fair draws: a frame of recordings (frame.ts, membership.ts), a secret key committed to beforehand (keyed-hash.ts), a draw that is
 * exact in size and chance (draw.ts, ring.ts), the blind overlap (overlap.ts), and its verification by anybody (verify-draw.ts).
 */
export * from './sampling/centre-day.ts';
export * from './sampling/draw.ts';
export type { Drawn, DrawnList, DrawReason } from './sampling/drawn.ts';
export * from './sampling/frame.ts';
export { commitmentOf, drawKeyOf, isDrawKey } from './sampling/keyed-hash.ts';
export * from './sampling/membership.ts';
export * from './sampling/overlap.ts';
export { isRate, roundUp } from './sampling/rates.ts';
export * from './sampling/request.ts';
export { type ToldDifference, toldDifference } from './sampling/told-difference.ts';
export { readUuid, UUID_BYTES, type UuidAt, uuidText } from './sampling/uuid.ts';
export * from './sampling/verify-draw.ts';
