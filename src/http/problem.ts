/** The one place where anything that went wrong becomes a status and a problem+json (RFC 9457). */
import { STATUS_CODES } from 'node:http';
import { hasZodFastifySchemaValidationErrors, isResponseSerializationError } from 'fastify-type-provider-zod';
import type { Problem } from '../contract/common.ts';
import { ApiError } from './errors.ts';

/** Statuses of coded errors of dialler, quality and platform, by the shape of the code: what is not listed is 409. */
const statusByEnding: readonly (readonly [RegExp, number])[] = [
  [/[-_](unknown|not[-_]found)$/, 404],
  [/[-_](invalid|incomplete|missing|empty|bad[-_]data)$/, 422],
  [/^(no-right|not-yours|.*[-_]not-yours|.*[-_]not[-_]allowed|forbidden)$/, 403],
  [/^busy-try-again$/, 503],
  [/^(database_unreachable|job_not_enqueued|not-available)$/, 503],
  [/^(too-many-requests|rate-limited)$/, 429],
];

type Fault = { field: string; code: string; message: string };
type Coded = { code: string; retryable: boolean; message: string; faults: Fault[]; field: string | undefined };

/** Turns whatever was thrown into the problem the client sees. Sentences of unexpected errors stay inside. */
export function problemOf(error: unknown, requestId: string): Problem {
  const make = (
    status: number,
    code: string,
    detail: string,
    more: { retryable?: boolean; field?: string | undefined; faults?: Fault[] } = {},
  ): Problem => ({
    type: `urn:fairline:problem:${code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code,
    detail,
    retryable: more.retryable ?? false,
    ...(more.field === undefined ? {} : { field: more.field }),
    ...(more.faults === undefined || more.faults.length === 0 ? {} : { faults: more.faults }),
    requestId,
  });

  if (error instanceof ApiError)
    return make(error.status, error.code, error.message, { retryable: error.retryable, field: error.field });

  if (hasZodFastifySchemaValidationErrors(error)) {
    const context = error.validationContext ?? 'request';
    const faults = error.validation.map(({ instancePath, keyword, message }) => ({
      field: [context, ...pathParts(instancePath)].join('.'),
      code: keyword,
      message: message ?? 'is wrong',
    }));
    const [first] = faults;
    const detail = first === undefined ? 'The request is not valid.' : `${first.field}: ${first.message}`;
    return make(400, 'request-invalid', detail, { field: first?.field, faults });
  }

  const coded = codedError(error);
  if (coded !== undefined) {
    return make(statusOf(coded.code), coded.code, coded.message, {
      retryable: coded.retryable,
      field: coded.field ?? coded.faults[0]?.field,
      faults: coded.faults,
    });
  }

  const plugin = fastifyCode(error);
  if (plugin === 'csrf-token') return problemOf(new ApiError('csrf-token'), requestId);
  const status = statusInside(error);
  if (status !== undefined && status >= 400 && status < 500 && !isResponseSerializationError(error)) {
    return make(status, plugin, error instanceof Error ? error.message : 'The request is not valid.', {
      retryable: status === 429,
    });
  }
  if (isUnreachable(error))
    return make(503, 'database-unreachable', 'The database does not answer. Try again.', { retryable: true });
  return make(500, 'internal', 'Something went wrong here. It has been noted under the request’s id.');
}

function pathParts(instancePath: string): string[] {
  return instancePath.split('/').filter((part) => part !== '');
}

/** Errors that carry `code` and `retryable`: DialerError, QualityError, PlatformError and their like. */
function codedError(error: unknown): Coded | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('retryable' in error)) return undefined;
  if (typeof error.code !== 'string' || typeof error.retryable !== 'boolean') return undefined;
  const field = 'field' in error && typeof error.field === 'string' && error.field !== '' ? error.field : undefined;
  const faults = 'faults' in error && Array.isArray(error.faults) ? error.faults.flatMap(faultOf) : [];
  return { code: error.code, retryable: error.retryable, message: error.message, faults, field };
}

function faultOf(fault: unknown): Fault[] {
  if (typeof fault !== 'object' || fault === null || !('code' in fault) || !('field' in fault)) return [];
  const message = 'message' in fault ? String(fault.message) : String(fault.code);
  return [{ field: String(fault.field), code: String(fault.code), message }];
}

function statusOf(code: string): number {
  return statusByEnding.find(([shape]) => shape.test(code))?.[1] ?? 409;
}

function statusInside(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return undefined;
  return typeof error.statusCode === 'number' ? error.statusCode : undefined;
}

/** Fastify's and its plugins' codes (FST_ERR_CTP_BODY_TOO_LARGE) in our way of writing. */
function fastifyCode(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  if (code.startsWith('FST_CSRF')) return 'csrf-token';
  const plain = code.replace(/^FST_(ERR_)?/, '').toLowerCase();
  return plain === '' ? 'bad-request' : plain.replaceAll('_', '-');
}

/** A server that went away under a query: 57P01–57P03 and the socket's own codes; also wrapped by Prisma. */
function isUnreachable(error: unknown): boolean {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth += 1) {
    const code = 'code' in at ? String(at.code) : '';
    if (/^(57P0[123]|ECONNREFUSED|ECONNRESET|EPIPE|P1001|P1017)$/.test(code)) return true;
    // Of a file it says nothing of the database; of a socket, that no server made it.
    if (code === 'ENOENT' && 'syscall' in at && at.syscall === 'connect') return true;
  }
  return false;
}
