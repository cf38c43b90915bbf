import { z } from 'zod';
import { id, idParams, locale, nothing, pageOf, pageQuery, role, shortText, time } from './common.ts';
import { right } from './rights.ts';
import type { Route } from './route.ts';

export const user = z
  .object({
    id,
    username: z.string(),
    displayName: z.string(),
    role,
    locale,
    centreId: id.nullable(),
    teamId: id.nullable(),
    teamName: z.string().nullable(),
    clientId: id.nullable(),
    active: z.boolean(),
    joinedAt: time,
    phoneAddress: z.string().nullable(),
    lockedUntil: time.nullable(),
  })
  .meta({ id: 'User' });
export type User = z.infer<typeof user>;

/** Where an agent's leg rings: an E.164 number, or a SIP address. Short and emergency numbers are neither. */
export const phoneAddress = z
  .string()
  .trim()
  .max(200)
  .regex(/^(\+[1-9]\d{6,14}|sips?:[^\s@]+@[^\s@]+)$/, 'a number like +12025550123, or an address like sip:name@host');

const fields = {
  displayName: shortText,
  role,
  locale,
  centreId: id.nullable(),
  teamId: id.nullable(),
  clientId: id.nullable(),
  /** A number or SIP address for an agent on an ordinary phone; null: the browser. */
  phoneAddress: phoneAddress.nullable(),
};
export const newUser = z
  .object({
    username: z
      .string()
      .regex(/^[a-z0-9][a-z0-9._-]{1,49}$/, 'small letters, digits, dot, dash and underscore, 2 to 50 characters'),
    password: z.string().min(10).max(200),
    ...fields,
    locale: locale.default('en'),
    centreId: id.nullable().default(null),
    teamId: id.nullable().default(null),
    clientId: id.nullable().default(null),
    phoneAddress: phoneAddress.nullable().default(null),
  })
  .meta({ id: 'NewUser' });
export type NewUser = z.input<typeof newUser>;

export const userRoutes = {
  'GET /api/users': {
    right: 'organisation.read',
    summary: 'Accounts; leads see their team',
    query: pageQuery.extend({ role: role.optional(), teamId: id.optional(), q: z.string().max(100).optional() }),
    reply: pageOf(user),
  },
  'GET /api/roles': {
    right: 'organisation.read',
    summary: 'Which rights each role has',
    reply: z.object({ items: z.array(z.object({ role, rights: z.array(right) })) }),
  },
  'POST /api/users': { right: 'user.manage', summary: 'Make an account', body: newUser, reply: user, status: 201 },
  'GET /api/users/:id': { right: 'organisation.read', summary: 'One account', params: idParams, reply: user },
  'PATCH /api/users/:id': {
    right: 'user.manage',
    summary: 'Change an account; a change of role or `active: false` ends its sessions',
    params: idParams,
    body: z.object({ ...fields, active: z.boolean() }).partial(),
    reply: user,
  },
  'POST /api/users/:id/password': {
    right: 'user.manage',
    summary: 'Set a password; unlocks the account and ends its sessions',
    params: idParams,
    body: z.object({ password: z.string().min(10).max(200) }),
    reply: nothing,
  },
} as const satisfies Record<string, Route>;
