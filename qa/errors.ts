/** Refusals of quality. `code` is stable and translated by the page; `faults` names the fields when several are at fault. */
export class QualityError extends Error {
  readonly code: string;
  readonly retryable: boolean;
  readonly faults: { code: string; field: string }[];

  constructor(
    code: string,
    message: string,
    options: { retryable?: boolean; faults?: { code: string; field: string }[] } = {},
  ) {
    super(message);
    this.name = 'QualityError';
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.faults = options.faults ?? [];
  }
}
