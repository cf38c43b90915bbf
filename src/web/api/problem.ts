/** A refusal of the API, or of the network, as the pages handle it. `code` is translated from the catalogue. */
import type { Problem } from '../../contract/common.ts';

export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly retryable: boolean;
  readonly field: string | null;
  readonly faults: { field: string; code: string; message: string }[];

  constructor(parts: Pick<Problem, 'status' | 'code' | 'detail' | 'retryable' | 'field' | 'faults'>) {
    super(parts.code);
    this.name = 'ApiError';
    this.status = parts.status;
    this.code = parts.code;
    this.detail = parts.detail;
    this.retryable = parts.retryable;
    this.field = parts.field ?? null;
    this.faults = parts.faults ?? [];
  }
}

export const networkError = () => new ApiError({ status: 0, code: 'network', detail: '', retryable: true });

/** Reads problem+json; anything else (a proxy's page, an empty body) becomes a problem by its status. */
export async function problemOf(response: Response): Promise<ApiError> {
  const fallback = {
    status: response.status,
    code: response.status >= 500 ? 'server-fault' : `http-${response.status}`,
    detail: '',
    retryable: response.status >= 500,
  };
  if (!response.headers.get('content-type')?.includes('json')) return new ApiError(fallback);
  try {
    const body: Partial<Problem> = await response.json();
    return new ApiError({ ...fallback, ...body });
  } catch {
    return new ApiError(fallback);
  }
}
