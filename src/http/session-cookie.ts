/** The session's cookie, and the CSRF token that goes with it. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Auth, sessionCookie } from './auth.ts';

const options = (secure: boolean) => ({ path: '/', httpOnly: true, sameSite: 'lax', signed: true, secure }) as const;

/** The token of a request's cookie, if its signature is ours. */
export function tokenOf(request: FastifyRequest): string | null {
  const cookie = request.cookies[sessionCookie];
  if (cookie === undefined) return null;
  const { valid, value } = request.unsignCookie(cookie);
  return valid ? value : null;
}

/** Finds out who asks. Runs before every route, sockets included. */
export async function readSession(request: FastifyRequest, auth: Auth): Promise<void> {
  const token = tokenOf(request);
  request.signedIn = token === null ? null : await auth.who(token);
}

export function keepSession(reply: FastifyReply, token: string, lifeMs: number, secure: boolean): void {
  reply.setCookie(sessionCookie, token, { ...options(secure), maxAge: Math.floor(lifeMs / 1000) });
}

export function dropSession(reply: FastifyReply, secure: boolean): void {
  reply.clearCookie(sessionCookie, options(secure));
}

/** Every request that can change something carries the token that our own page was given for this very session. */
export function requireCsrf(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  if (request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS') done();
  else request.server.csrfProtection(request, reply, done);
}
