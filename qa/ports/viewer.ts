/** Who asks. What a person may see is decided where rows are read. */
import type { Role } from '../rules/role.ts';

export type { Role };
export type Viewer = {
  userId: string;
  role: Role;
  centreId: string | null;
  teamId: string | null;
  clientId: string | null;
};

export type Page<T> = { items: T[]; next: string | null; total: number | null };
