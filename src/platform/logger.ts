import { type DestinationStream, type LevelWithSilent, type Logger, pino } from 'pino';

export type { Logger } from 'pino';

export type LoggerOptions = {
  readonly level: LevelWithSilent;
  /** Where lines go; standard output by default. */
  readonly destination?: DestinationStream;
};

/** Fields whose value never goes into a log, whatever it is. Job names, event names and the like are logged as `job`, `event`. */
const PERSONAL =
  /^(names?|(full|first|last|contact|customer|agent|display|given|family)_?names?|phones?|(phone|contact|masked|raw)?_?numbers?|e?_?mail|address|birth(day|date)|attributes|note|line|csv)$/i;
const SECRET = /(password|passwd|secret|token|authorization|cookie|api_?key|signature|credential)/i;
/** Fields that hold a number when they hold a long row of digits, and other things otherwise. */
const PARTY = /^(to|from|called|caller|callerid|caller_id|callee|ani|dnis)$/i;
const HIDDEN = '[hidden]';
const MAX_DEPTH = 8;

/** A logger of JSON lines. Personal data are taken out here as well, although nobody should put them in. */
export function createLogger({ level, destination }: LoggerOptions): Logger {
  const options = {
    level,
    base: { pid: process.pid },
    formatters: { log: (fields: Record<string, unknown>) => hideFields(fields, 0) },
    serializers: { err: describeError, error: describeError },
    hooks: {
      logMethod(this: Logger, args: Parameters<Logger['info']>, method: (...args: Parameters<Logger['info']>) => void) {
        // Without a sentence of its own a line would take the error's, as it is.
        const error = errorOf(args[0]);
        if (error !== undefined && args.length === 1) args.push(error.message);
        for (let index = 0; index < args.length; index += 1) {
          const value: unknown = args[index];
          if (typeof value === 'string') args.splice(index, 1, hideNumbers(value));
        }
        method.apply(this, args);
      },
    },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** Masks telephone numbers in international form within a text, but for the last two digits. */
export function hideNumbers(text: string): string {
  return text.replace(/\+\d(?:[ ().-]{0,2}\d){6,14}/g, (number) => `+…${number.replace(/\D/g, '').slice(-2)}`);
}

function hideFields(fields: object, depth: number): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, hide(key, value, depth)]));
}

function hide(key: string, value: unknown, depth: number): unknown {
  if (value === null || value === undefined || typeof value === 'boolean') return value;
  if (PERSONAL.test(key) || SECRET.test(key)) return HIDDEN;
  if (typeof value === 'string') return PARTY.test(key) && /(\D*\d){7}/.test(value) ? HIDDEN : hideNumbers(value);
  if (typeof value !== 'object') return value;
  if (value instanceof Error) return describeError(value);
  if (value instanceof Date) return value.toISOString();
  if (depth >= MAX_DEPTH) return '[deep]';
  if (Array.isArray(value)) return value.map((item) => hide(key, item, depth + 1));
  if (!isPlain(value)) return value;
  return hideFields(value, depth + 1);
}

/** Requests, sockets and the like have serializers of their own, or are not for a log at all. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function errorOf(first: unknown): Error | undefined {
  if (first instanceof Error) return first;
  if (typeof first === 'object' && first !== null && 'err' in first && first.err instanceof Error) return first.err;
  return undefined;
}

function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message, stack, cause } = error;
  return {
    type: name,
    message: hideNumbers(message),
    ...('code' in error ? { code: error.code } : {}),
    ...(stack === undefined ? {} : { stack: hideNumbers(stack) }),
    ...(cause === undefined ? {} : { cause: describeError(cause) }),
  };
}
