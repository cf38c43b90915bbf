/** What the engine is made of, and the few settings that belong to an installation rather than to a campaign. */
import type { BlacklistCommands, ListCommands } from '../dialer.ts';
import type { ContactPicker } from '../ports/contacts.ts';
import type {
  Campaigns,
  Carrier,
  Clock,
  EventBus,
  Floor,
  Lease,
  Listenings,
  Logger,
  PacingStore,
  Reading,
  RecordingFiles,
  Recordings,
  TaskContacts,
  TextCarrier,
  TextStore,
  Transfers,
  WebhookCodec,
} from '../ports.ts';
import type { PolicyFactory } from '../rules/pacing/policy.ts';

export type DialerOptions = {
  /** Names this process in leases. */
  owner: string;
  /** Of the carrier account, shared by all campaigns. */
  maxLines: number;
  maxCallsPerSecond: number;
  /** A customer who was sent to a room is in it after so long, or somebody looks. */
  joinWithinMs: number;
  /** A browser may be silent for so long; then its agent is signed out, never during a call. */
  browserGraceMs: number;
  /** A browser that is known to be gone is expected back for so long: a reload takes a few seconds. */
  browserAwayMs: number;
  /** How long an agent's own leg rings, and how long until it is tried again. */
  legRingMs: number;
  legRetryMs: number;
  maxTalkMs: number;
  /** A recording may be shorter than the talk by so much: joining takes a moment. */
  recordingToleranceMs: number;
  keepDecisionsMs: number;
};

export const defaultOptions: Omit<DialerOptions, 'owner'> = {
  maxLines: 1000,
  maxCallsPerSecond: 30,
  joinWithinMs: 3_000,
  browserGraceMs: 45_000,
  browserAwayMs: 10_000,
  legRingMs: 30_000,
  legRetryMs: 5_000,
  maxTalkMs: 2 * 3_600_000,
  recordingToleranceMs: 3_000,
  keepDecisionsMs: 30 * 24 * 3_600_000,
};

export type DialerParts = {
  clock: Clock;
  bus: EventBus;
  logger: Logger;
  floor: Floor;
  campaigns: Campaigns;
  recordings: Recordings;
  recordingFiles: RecordingFiles;
  pacing: PacingStore;
  reading: Reading;
  taskContacts: TaskContacts;
  texts: TextStore;
  textCarrier: TextCarrier;
  lease: Lease;
  transfers: Transfers;
  listenings: Listenings;
  carrier: Carrier;
  codec: WebhookCodec;
  picker: ContactPicker;
  lists: ListCommands;
  blacklist: BlacklistCommands;
  /** The campaign's policy for its mode: predictive by default, one call an agent in progressive mode. */
  policies: { predictive: PolicyFactory; progressive: PolicyFactory };
  options: DialerOptions;
};
