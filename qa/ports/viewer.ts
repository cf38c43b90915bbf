/** Who asks. What a person may see is decided where rows are read. */
export type Role =
  | 'agent'
  | 'lead'
  | 'inspector'
  | 'supervisor'
  | 'manager'
  | 'client'
  | 'administrator'
  | 'speech-engine';
export type Viewer = {
  userId: string;
  role: Role;
  centreId: string | null;
  teamId: string | null;
  clientId: string | null;
};

export type Page<T> = { items: T[]; next: string | null; total: number | null };
