/** Centres with their calendars, teams, clients and products. */
import { z } from 'zod';
import { bilingual, count, day, id, idParams, longText, nothing, shortText } from './common.ts';
import type { Route } from './route.ts';

export const centre = z.object({
  id,
  name: z.string(),
  timeZone: z.string(),
  /** ISO weekday numbers ordinarily worked: 1 Monday … 7 Sunday. */
  workWeek: z.array(z.number().int().min(1).max(7)),
});
export type Centre = z.infer<typeof centre>;
export const calendarDay = z.object({ date: day, working: z.boolean(), label: z.string().max(100) });
export type CalendarDay = z.infer<typeof calendarDay>;
export const team = z.object({ id, centreId: id, name: z.string(), members: count });
export type Team = z.infer<typeof team>;
export const client = z.object({ id, name: z.string() });
export type Client = z.infer<typeof client>;
export const productOption = z.object({ code: z.string().min(1).max(50), label: bilingual });
export const product = z.object({
  id,
  clientId: id,
  clientName: z.string(),
  name: z.string(),
  /** The product line that blacklist entries can be scoped to. */
  line: z.string(),
  tariffText: z.string(),
  /** 0: no free trial, hence no second confirmation. */
  trialDays: count,
  options: z.array(productOption),
});
export type Product = z.infer<typeof product>;

const productFields = {
  name: shortText,
  line: z.string().max(100),
  tariffText: longText,
  trialDays: z.number().int().min(0).max(365),
  options: z.array(productOption).max(50),
};
const centreFields = { name: shortText, timeZone: z.string().max(60), workWeek: centre.shape.workWeek.min(1) };

export const organisationRoutes = {
  'GET /api/centres': {
    right: 'organisation.read',
    summary: 'Centres',
    reply: z.object({ items: z.array(centre) }),
  },
  'POST /api/centres': {
    right: 'organisation.manage',
    summary: 'Make a centre; its calendar has no exceptions yet',
    body: z.object(centreFields),
    reply: centre,
    status: 201,
  },
  'PATCH /api/centres/:id': {
    right: 'organisation.manage',
    summary: 'Change a centre',
    params: idParams,
    body: z.object(centreFields).partial(),
    reply: centre,
  },
  'GET /api/centres/:id/calendar': {
    right: 'organisation.read',
    summary: 'Public holidays and make-up working days',
    params: idParams,
    reply: z.object({ items: z.array(calendarDay) }),
  },
  'PUT /api/centres/:id/calendar': {
    right: 'organisation.manage',
    summary: 'Replace the calendar’s exceptions',
    params: idParams,
    body: z.object({ items: z.array(calendarDay).max(2000) }),
    reply: nothing,
  },
  'GET /api/teams': { right: 'organisation.read', summary: 'Teams', reply: z.object({ items: z.array(team) }) },
  'POST /api/teams': {
    right: 'organisation.manage',
    summary: 'Make a team',
    body: z.object({ centreId: id, name: shortText }),
    reply: team,
    status: 201,
  },
  'PATCH /api/teams/:id': {
    right: 'organisation.manage',
    summary: 'Rename a team',
    params: idParams,
    body: z.object({ name: shortText }),
    reply: team,
  },
  'GET /api/clients': { right: 'organisation.read', summary: 'Clients', reply: z.object({ items: z.array(client) }) },
  'POST /api/clients': {
    right: 'organisation.manage',
    summary: 'Make a client',
    body: z.object({ name: shortText }),
    reply: client,
    status: 201,
  },
  'PATCH /api/clients/:id': {
    right: 'organisation.manage',
    summary: 'Rename a client; what was published keeps the name it had',
    params: idParams,
    body: z.object({ name: shortText }),
    reply: client,
  },
  'GET /api/products': { right: 'campaign.read', summary: 'Products', reply: z.object({ items: z.array(product) }) },
  'POST /api/products': {
    right: 'organisation.manage',
    summary: 'Make a product',
    body: z.object({ clientId: id, ...productFields }),
    reply: product,
    status: 201,
  },
  'PATCH /api/products/:id': {
    right: 'organisation.manage',
    summary: 'Change a product',
    params: idParams,
    body: z.object(productFields).partial(),
    reply: product,
  },
} as const satisfies Record<string, Route>;
