import type { Call, Callback } from '../calls/call.ts';
import { newSid } from '../ids.ts';

const EVENTS = ['start', 'end', 'join', 'leave', 'mute', 'hold', 'modify', 'speaker', 'announcement'] as const;

export type ConferenceEvent = (typeof EVENTS)[number];

export const isConferenceEvent = (text: string): text is ConferenceEvent => EVENTS.some((event) => event === text);

export type LeaveReason =
  | 'participant_hung_up'
  | 'participant_updated_via_api'
  | 'moderator_ended_conference'
  | 'conference_ended_via_api'
  | 'participant_add_failed';

export type EndReason =
  | 'last-participant-left'
  | 'last-participant-kicked'
  | 'participant-with-end-conference-on-exit-left'
  | 'participant-with-end-conference-on-exit-kicked'
  | 'conference-ended-via-api';

/** One leg in a room. */
export type Participant = {
  readonly call: Call;
  readonly conference: Conference;
  readonly label: string | null;
  readonly startOnEnter: boolean;
  readonly joinedAt: number;
  updatedAt: number;
  endOnExit: boolean;
  muted: boolean;
  hold: boolean;
  coaching: boolean;
  coachTarget: string | null;
  /** Has been able to speak to the room at some time: a leg that came in muted only listens. */
  hasVoice: boolean;
  /** Lets the leg's document go on after the room is left. */
  released: () => void;
};

/** A room. Its callback settings are those of the first participant, later ones are ignored. */
export type Conference = {
  readonly sid: string;
  readonly name: string;
  readonly createdAt: number;
  readonly callback: (Callback & { events: ReadonlySet<ConferenceEvent> }) | null;
  readonly maxParticipants: number;
  readonly participants: Map<string, Participant>;
  status: 'init' | 'in-progress' | 'completed';
  updatedAt: number;
  sequence: number;
  endReason: EndReason | null;
  endedBy: string | null;
  recordings: Set<string>;
  /** Who speaks just now, by call id; null where nobody asked to be told. */
  readonly speech: { readonly speaking: Set<string>; cancel: () => void } | null;
};

/** Rooms by id and, while somebody is in them, by name. */
export class ConferenceRegistry {
  readonly #bySid = new Map<string, Conference>();
  readonly #liveByName = new Map<string, Conference>();
  /** Ids of rooms that a leg was called into and nobody has opened yet, by name. */
  readonly #promised = new Map<string, string>();
  readonly #keepFinished: number;
  #finished = 0;

  constructor(keepFinished: number) {
    this.#keepFinished = keepFinished;
  }

  get live(): number {
    return this.#liveByName.size;
  }

  liveNamed(name: string): Conference | undefined {
    return this.#liveByName.get(name);
  }

  get(sid: string): Conference | undefined {
    return this.#bySid.get(sid);
  }

  /** The id that a room has or will have: the answer to a call into it names the room before anybody is there. */
  promise(name: string): string {
    const sid = this.#liveByName.get(name)?.sid ?? this.#promised.get(name) ?? newSid('CF');
    if (!this.#liveByName.has(name)) this.#promised.set(name, sid);
    return sid;
  }

  /** Nobody came: the next room of this name is another one. */
  breakPromise(name: string): void {
    this.#promised.delete(name);
  }

  open(room: { name: string; at: number; callback: Conference['callback']; maxParticipants: number }): Conference {
    const conference: Conference = {
      sid: this.promise(room.name),
      name: room.name,
      createdAt: room.at,
      callback: room.callback,
      maxParticipants: room.maxParticipants,
      participants: new Map(),
      status: 'init',
      updatedAt: room.at,
      // Observed first numbers are 1; not documented.
      sequence: 1,
      endReason: null,
      endedBy: null,
      recordings: new Set(),
      speech: room.callback?.events.has('speaker') ? { speaking: new Set(), cancel: () => {} } : null,
    };
    this.#bySid.set(conference.sid, conference);
    this.#liveByName.set(room.name, conference);
    this.#promised.delete(room.name);
    return conference;
  }

  close(conference: Conference): void {
    if (this.#liveByName.get(conference.name) === conference) this.#liveByName.delete(conference.name);
    this.#finished += 1;
    if (this.#finished <= this.#keepFinished) return;
    for (const [sid, old] of this.#bySid) {
      if (old.status !== 'completed') continue;
      this.#bySid.delete(sid);
      this.#finished -= 1;
      if (this.#finished <= this.#keepFinished) return;
    }
  }

  newestFirst(): Conference[] {
    return [...this.#bySid.values()].reverse();
  }
}

/** A live participant by call id or label. */
export function findParticipant(conference: Conference, idOrLabel: string): Participant | undefined {
  const direct = conference.participants.get(idOrLabel);
  if (direct) return direct;
  for (const participant of conference.participants.values()) if (participant.label === idOrLabel) return participant;
  return undefined;
}
