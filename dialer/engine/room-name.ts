import { randomBytes } from 'node:crypto';

/** A standing conference's name: nobody can guess it, and it says nothing of its agent. */
export const newRoom = (): string => `agent-${randomBytes(12).toString('hex')}`;
