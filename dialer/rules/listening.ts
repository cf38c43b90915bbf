/** A supervisor in an agent's room, as a pure state machine: who hears whom, and what a signal makes of it. */

/** listen: nobody hears the supervisor. whisper: the agent alone. barge: both. taken-over: the agent has left. */
export const listeningModes = ['listen', 'whisper', 'barge', 'taken-over'] as const;
export type ListeningMode = (typeof listeningModes)[number];
export type ListeningState = 'dialling' | 'joined' | 'over';

export type Listening = {
  mode: ListeningMode;
  state: ListeningState;
  legId: string | null;
  takenAttemptId: string | null;
  joinedAt: number | null;
  endedAt: number | null;
  lookAt: number | null;
};

export type ListeningSignal =
  | { kind: 'leg-known'; legId: string }
  | { kind: 'answered'; legId: string }
  | { kind: 'over'; legId: string | null }
  | { kind: 'mode'; mode: 'listen' | 'whisper' | 'barge' }
  | { kind: 'taken-over'; attemptId: string }
  | { kind: 'checked' };

/** A phone that nobody picks up, and a leg that went without a word. */
const LOOK_MS = 60_000;

export const newListening = (mode: 'listen' | 'whisper' | 'barge', now: number): Listening => ({
  mode,
  state: 'dialling',
  legId: null,
  takenAttemptId: null,
  joinedAt: null,
  endedAt: null,
  lookAt: now + LOOK_MS,
});

/** The same object when nothing changed. `over` is final; another leg than the known one changes nothing. */
export function decideListening(listening: Listening, signal: ListeningSignal, now: number): Listening {
  if (listening.state === 'over') return listening;
  const stranger =
    'legId' in signal && signal.legId !== null && listening.legId !== null && signal.legId !== listening.legId;
  if (stranger) return listening;
  switch (signal.kind) {
    case 'leg-known':
      return listening.legId === null ? { ...listening, legId: signal.legId } : listening;
    case 'answered':
      return listening.state === 'dialling'
        ? { ...listening, state: 'joined', legId: signal.legId, joinedAt: now, lookAt: now + LOOK_MS }
        : listening;
    case 'over':
      return { ...listening, state: 'over', endedAt: now, lookAt: null };
    case 'mode':
      // Whoever has taken the customer over cannot fall silent on them.
      return listening.mode === 'taken-over' || listening.mode === signal.mode
        ? listening
        : { ...listening, mode: signal.mode };
    case 'taken-over':
      return listening.state === 'joined' && listening.mode !== 'taken-over'
        ? { ...listening, mode: 'taken-over', takenAttemptId: signal.attemptId }
        : listening;
    case 'checked':
      return { ...listening, lookAt: now + LOOK_MS };
  }
}

/** How the leg sits in the room: muted, and whom it coaches. */
export function seatOf(mode: ListeningMode, agentLeg: string): { muted: boolean; coach: string | null } {
  return { muted: mode === 'listen', coach: mode === 'whisper' ? agentLeg : null };
}
