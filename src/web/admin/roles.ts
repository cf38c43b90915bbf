import type { Role } from '../../contract/common.ts';

/** All roles in the order of the contract; the record makes sure that none is missing. */
const order: Record<Role, number> = {
  agent: 0,
  lead: 1,
  inspector: 2,
  supervisor: 3,
  manager: 4,
  client: 5,
  administrator: 6,
  'speech-engine': 7,
};

const isRole = (name: string): name is Role => name in order;
export const roles: readonly Role[] = Object.keys(order).filter(isRole);
export type { Role };
