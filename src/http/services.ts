/** What the HTTP side and the live channels are given. Built by `compose.ts`, or by a test. */
import type {
  AllocationCommands,
  Customers,
  Dialer,
  ExternalListCommands,
  ExtractionCommands,
  PlanCommands,
  SegmentCommands,
} from '../../dialer/index.ts';
import type { Role } from '../contract/common.ts';
import type { QualityApi } from '../contract/quality.ts';
import type { WhatIfRequest, WhatIfResult } from '../contract/what-if.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import type { EventBus } from '../platform/event-bus.ts';
import type { LongJobs } from '../platform/long-jobs.ts';
import type { Notices } from '../notices/index.ts';
import type { Reports } from '../reports/report.ts';
import type { Auth } from './auth.ts';

/** Who did what to what; the time is added where the log is made. Never personal data in `detail`. */
export type AuditRecord = {
  actorId: string | null;
  action: string;
  subjectType: string;
  subjectId: string;
  detail?: Record<string, string | number | boolean | null>;
};

export type AuditLog = {
  record(entry: AuditRecord): Promise<void>;
  /** Recomputes the chain; `brokenAt` is the first entry that does not fit. */
  verify(progress?: (done: number, total: number) => void): Promise<{ entries: number; brokenAt: string | null }>;
};

export type Health = {
  /** It answers. */
  database(): Promise<boolean>;
  /** It takes what is to be kept: no full disk, not read-only. */
  writes(): Promise<boolean>;
  jobs(): Promise<boolean>;
  carrier(): Promise<{ kind: 'sandbox' | 'account'; ok: boolean }>;
  /** Webhooks refused for their signature since this process started. */
  refusedWebhooks(): number;
};

/** Phones in browsers, as far as the carrier has them. */
export type BrowserPhones = {
  access(
    userId: string,
  ): { kind: 'none' } | { kind: 'sandbox' } | { kind: 'carrier'; token: string; expiresAt: number };
  /** The address at which the sandbox sends what this person's leg hears; null with another carrier. */
  line(userId: string): string | null;
  /** What the pages may connect to and play besides our own address. */
  origins: { connect: readonly string[]; media: readonly string[] };
};

export type ImportProgress = {
  set(campaignId: string, listId: string, lines: number): void;
  of(listId: string): number | null;
  done(listId: string): void;
};

export type DemoAccount = { username: string; password: string; displayName: string; role: Role };

export type Services = {
  database: Database;
  dialer: Dialer;
  /** Calls that repeat. */
  plans: PlanCommands;
  /** Types of customers. */
  segments: SegmentCommands;
  extractions: ExtractionCommands;
  allocations: AllocationCommands;
  quality: QualityApi;
  reports: Reports;
  /** What clients are told outside the product. */
  notices: Notices;
  auth: Auth;
  audit: AuditLog;
  bus: EventBus;
  /** Lines read of the imports under way, by list. */
  imports: ImportProgress;
  /** Do-not-call lists of others. */
  externalLists: ExternalListCommands;
  /** What clients know of their customers, month by month. */
  customers: Customers;
  clock: Clock & { speed: number };
  health: Health;
  phones: BrowserPhones;
  /** `progress` is told how many of the asked teams are answered. */
  whatIf(request: WhatIfRequest, progress: (answered: number) => void): Promise<WhatIfResult>;
  /** What people started and may leave. */
  longJobs: LongJobs;
  settings: {
    version: string;
    /** The address that browsers use; Origin and cookie flags follow it. Empty: whatever host the request names. */
    publicUrl: string;
    sessionSecret: string;
    locale: 'en' | 'zh';
    roles: readonly string[];
    /** Whether this server runs a speech engine itself. */
    speech: boolean;
    /** ISO 3166 country of numbers written without a prefix. */
    country: string;
  };
  demoAccounts(): Promise<DemoAccount[]>;
};
