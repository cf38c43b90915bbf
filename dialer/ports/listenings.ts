/** Supervisors' legs in agents' rooms. */
import type { Listening } from '../rules/listening.ts';

export type ListeningRow = Listening & {
  listeningId: string;
  supervisorId: string;
  agentId: string;
  room: string;
  startedAt: number;
};

export type Listenings = {
  /** Null: this supervisor listens to somebody already. */
  open(
    row: Listening & Pick<ListeningRow, 'supervisorId' | 'agentId' | 'room' | 'startedAt'>,
  ): Promise<ListeningRow | null>;
  byId(listeningId: string): Promise<ListeningRow | null>;
  ofSupervisor(supervisorId: string): Promise<ListeningRow | null>;
  inRoom(room: string): Promise<ListeningRow[]>;
  due(now: number, limit: number): Promise<ListeningRow[]>;
  /** Legs that are there now. */
  legs(): Promise<string[]>;
  /** With what the audit log is told of it. False: it changed meanwhile, and nothing was written. */
  change(before: ListeningRow, after: Listening, now: number): Promise<boolean>;
};
