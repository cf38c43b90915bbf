/** What the connection itself must know of a message; the rest is the contract's. */
export type LiveCommand = { type: string; id: string };

export type LivePushBase = {
  type: string;
  id?: string | null;
  code?: string;
  detail?: string;
  retryable?: boolean;
  field?: string;
};

/** How the connection stands, as the page shows it. */
export type LiveStatus =
  | { kind: 'idle' }
  | { kind: 'connecting' }
  | { kind: 'live' }
  | { kind: 'lost'; retryAt: number }
  | { kind: 'offline' }
  | { kind: 'taken-over' }
  | { kind: 'forbidden' };
