import { z } from 'zod';
import { id, locale, nothing, role } from './common.ts';
import { right } from './rights.ts';
import type { Route } from './route.ts';

/** The signed-in person. */
export const me = z
  .object({
    id,
    username: z.string(),
    displayName: z.string(),
    role,
    locale,
    rights: z.array(right),
    centre: z.object({ id, name: z.string(), timeZone: z.string() }).nullable(),
    team: z.object({ id, name: z.string() }).nullable(),
    client: z.object({ id, name: z.string() }).nullable(),
  })
  .meta({ id: 'Me' });
export type Me = z.infer<typeof me>;

/** `csrfToken` goes back as header `x-csrf-token` with every request that is not a GET; it changes at sign-in and sign-out. */
export const session = z.object({ user: me.nullable(), csrfToken: z.string(), expiresAt: z.number().int().nullable() });
export type Session = z.infer<typeof session>;

export const about = z.object({
  name: z.string(),
  version: z.string(),
  locale,
  /** The product's clock and how fast it runs against the wall clock (1 but in demonstrations). */
  now: z.number().int(),
  speed: z.number(),
  /** Accounts of the demonstration; empty outside it. */
  demoAccounts: z.array(z.object({ username: z.string(), password: z.string(), displayName: z.string(), role })),
});
export type About = z.infer<typeof about>;

export const sessionRoutes = {
  'GET /api/about': { right: 'public', summary: 'Name, version, clock and demo accounts', reply: about },
  'GET /api/session': { right: 'public', summary: 'Who is signed in, with a fresh CSRF token', reply: session },
  'POST /api/session': {
    right: 'public',
    summary: 'Sign in. Refused with `wrong-password`, `account-locked` or `account-inactive`',
    body: z.object({ username: z.string().min(1).max(100), password: z.string().min(1).max(200) }),
    reply: session,
  },
  'DELETE /api/session': { right: 'signed-in', summary: 'Sign out', reply: session },
  'PATCH /api/session': {
    right: 'signed-in',
    summary: 'Change the own language',
    body: z.object({ locale }),
    reply: session,
  },
  'POST /api/session/password': {
    right: 'signed-in',
    summary: 'Change the own password; other sessions of the account end',
    body: z.object({ current: z.string().min(1).max(200), next: z.string().min(10).max(200) }),
    reply: nothing,
  },
} as const satisfies Record<string, Route>;
