/** Segment rules of a centre (L2): written in versions, tried on the customers before they take effect, and who is of which type. */
import { z } from 'zod';
import { allocationWays, segmentRules, segmentType } from '../../dialer/index.ts';
import { bilingual, columnCount, count, day, id, idParams, nothing, person, time } from './common.ts';
import type { Route } from './route.ts';

export type { SegmentCondition, SegmentGroup, SegmentRules, SegmentType } from '../../dialer/index.ts';

/** YYYY-MM */
const month = z.string();

export const segmentCounts = z.object({
  population: count,
  /** Of no type. */
  none: count,
  types: z.array(
    z.object({
      key: z.string(),
      taken: count,
      /** Of them those who keep it because they were handed out as such in this month. */
      held: count,
      /** Who fits too but is of another type, and of which. */
      lost: count,
      lostTo: z.record(z.string(), count),
    }),
  ),
});
export type SegmentCounts = z.infer<typeof segmentCounts>;

export const segmentRun = z.object({
  id,
  clientId: id,
  month,
  /** Of the rules. */
  version: count,
  at: time,
  by: person.nullable(),
  counts: segmentCounts,
});
export type SegmentRun = z.infer<typeof segmentRun>;

export const segments = z
  .object({
    /** 0: the set that a centre begins with, changed by nobody yet. */
    version: count,
    rules: segmentRules,
    changedAt: time.nullable(),
    changedBy: person.nullable(),
    /** Clients that this centre calls for, with how their customers were sorted last. */
    clients: z.array(z.object({ id, name: z.string(), run: segmentRun.nullable() })),
  })
  .meta({ id: 'Segments' });
export type Segments = z.infer<typeof segments>;

export const segmentPreview = z
  .object({
    month,
    today: day,
    counts: segmentCounts,
    examples: z.array(
      z.object({
        key: z.string(),
        items: z.array(z.object({ number: z.string(), bill: z.number().nullable(), status: z.string().nullable() })),
      }),
    ),
  })
  .meta({ id: 'SegmentPreview' });
export type SegmentPreview = z.infer<typeof segmentPreview>;

export const segmentVersion = z.object({
  version: count,
  changedAt: time.nullable(),
  changedBy: person.nullable(),
  restMonths: z.object({ before: count.nullable(), after: count }),
  /** Against the version before it. */
  changes: z.array(
    z.object({
      key: z.string(),
      how: z.enum(['added', 'gone', 'changed', 'moved']),
      placeBefore: count.nullable(),
      placeAfter: count.nullable(),
      before: segmentType.nullable(),
      after: segmentType.nullable(),
    }),
  ),
});
export type SegmentVersion = z.infer<typeof segmentVersion>;

/** A list of a type's customers in a campaign, for one of its teams to call. */
export const extraction = z
  .object({
    id,
    campaign: person,
    team: person,
    type: z.string(),
    /** As it was called then. */
    typeName: bilingual,
    month,
    /** Of the rules. */
    version: count,
    taken: count,
    leftOut: z.record(z.string(), count),
    at: time,
    by: person.nullable(),
  })
  .meta({ id: 'Extraction' });
export type Extraction = z.infer<typeof extraction>;

const extractionWish = z.object({
  campaignId: id,
  teamId: id,
  type: segmentType.shape.key,
  limit: z.number().int().min(1).max(100_000),
});
export type ExtractionWish = z.infer<typeof extractionWish>;

export const segmentRoutes = {
  'GET /api/segments': {
    right: 'segment.read',
    summary: 'The rules in force at the own centre, and how each client’s customers were sorted last',
    reply: segments,
  },
  'PUT /api/segments': {
    right: 'segment.write',
    summary:
      'A new version of the rules; refused with `segment-invalid`, naming every field at fault, or `segment-changed`',
    body: z.object({ version: columnCount, rules: segmentRules }),
    reply: segments,
  },
  'GET /api/segments/versions': {
    right: 'segment.read',
    summary: 'All versions, newest first, with what each changed',
    reply: z.object({ items: z.array(segmentVersion) }),
  },
  'POST /api/segments/preview': {
    right: 'segment.write',
    summary: 'How many customers of a client each type would take, and a few of them masked; nothing is kept',
    body: z.object({ clientId: id, rules: segmentRules }),
    reply: segmentPreview,
  },
  'POST /api/segments/sort': {
    right: 'segment.write',
    summary: 'Gives every customer of a client their type for the newest month; goes on also when nobody waits for it',
    body: z.object({ clientId: id }),
    reply: segmentRun,
  },
} as const satisfies Record<string, Route>;

const shares = z.array(z.object({ agent: person, contacts: count }));
const way = z.enum(allocationWays);

export const allocation = z
  .object({
    extraction,
    /** Contacts that can be allocated still, and those that were called or are bound otherwise. */
    open: count,
    fixed: count,
    regions: z.array(z.object({ region: z.string(), contacts: count })),
    agents: z.array(
      z.object({
        agent: person,
        /** What the agent is there for; empty: everything. */
        types: z.array(z.string()),
        regions: z.array(z.string()),
        contacts: count,
      }),
    ),
    /** The newest first; none: nobody has signed yet. */
    signatures: z.array(
      z.object({ number: count, way, shares, nobody: count, reason: z.string(), at: time, by: person.nullable() }),
    ),
  })
  .meta({ id: 'ContactAllocation' });
export type Allocation = z.infer<typeof allocation>;

const allocationWish = z.object({ way, agentIds: z.array(id).min(1).max(500) });

export const extractionRoutes = {
  'GET /api/extractions': {
    right: 'segment.read',
    summary: 'The last extractions of the centre, newest first; for leads those for their team',
    reply: z.object({ items: z.array(extraction) }),
  },
  'POST /api/extractions/preview': {
    right: 'segment.write',
    summary: 'How many customers of a type an extraction would hand out now, and how many not and why',
    body: extractionWish,
    reply: z.object({ month, version: count, ofType: count, taken: count, leftOut: z.record(z.string(), count) }),
  },
  'POST /api/extractions': {
    right: 'segment.write',
    summary:
      'Hands customers of a type to a campaign as contacts; nobody twice in a month. Refused with `extraction-empty` where there is nobody',
    body: extractionWish,
    reply: extraction,
    status: 201,
  },
} as const satisfies Record<string, Route>;

export const allocationRoutes = {
  'GET /api/extractions/:id/allocation': {
    right: 'segment.read',
    summary: 'Which agents of the team call how many of it, and who signed for that',
    params: idParams,
    reply: allocation,
  },
  'POST /api/extractions/:id/allocation/preview': {
    right: 'contact.allocate',
    summary: 'How many each agent would get; nothing is kept',
    params: idParams,
    body: allocationWish,
    reply: z.object({ open: count, nobody: count, shares }),
  },
  'POST /api/extractions/:id/allocation': {
    right: 'contact.allocate',
    summary:
      'Allocates the open contacts and signs for it. From the second signature on refused with `reason-missing` without a reason; with `allocation-changed` where somebody signed meanwhile',
    params: idParams,
    body: allocationWish.extend({ seen: columnCount, reason: z.string().trim().max(400) }),
    reply: allocation,
  },
  'PUT /api/agents/:id/skills': {
    right: 'contact.allocate',
    summary: 'For which types of customers and which regions an agent of the own team is there',
    params: idParams,
    body: z.object({
      types: z.array(segmentType.shape.key).max(30),
      regions: z.array(z.string().trim().min(1).max(100)).max(100),
    }),
    reply: nothing,
  },
} as const satisfies Record<string, Route>;
