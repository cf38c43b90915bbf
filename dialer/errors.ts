/**
 * Refusals and faults of the dialler. `code` is stable and is what pages translate; `field` names the input at fault;
 * `retryable` says whether the same request can succeed later without being changed.
 */
export const dialerErrorCodes = [
  'agent-unknown',
  'agent-not-signed-in',
  'agent-in-call',
  'attempt-unknown',
  'attempt-not-yours',
  'campaign-unknown',
  'campaign-not-running',
  'campaign-state',
  'campaign-not-startable',
  'entry-unknown',
  'list-empty',
  'list-older',
  'month-invalid',
  'no-campaign',
  'no-call',
  'no-preview',
  'number-invalid',
  'outcome-exists',
  'outcome-incomplete',
  'outcome-missing',
  'reason-missing',
  'recording-unknown',
  'recording-not-stored',
  'scope-missing',
  'settings-invalid',
  'number-invalid',
  'scope-missing',
  'reason-missing',
  'entry-unknown',
  'busy-try-again',
  'plan-changed',
  'plan-invalid',
  'plan-unknown',
  'segment-not-sorted',
  'extraction-empty',
  'extraction-unknown',
  'allocation-changed',
  'segment-changed',
  'segment-facts-missing',
  'segment-invalid',
  'transfer-impossible',
  'target-not-free',
  'number-blocked',
  'number-not-allowed',
  'not-listening',
  'already-listening',
  'agent-line-gone',
] as const;
export type DialerErrorCode = (typeof dialerErrorCodes)[number];

export class DialerError extends Error {
  readonly code: DialerErrorCode;
  readonly retryable: boolean;
  /** The inputs at fault, each with its own code, when there are several. */
  readonly faults: { code: string; field: string }[];

  constructor(
    code: DialerErrorCode,
    message: string,
    options: { retryable?: boolean; faults?: { code: string; field: string }[]; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'DialerError';
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.faults = options.faults ?? [];
  }
}
