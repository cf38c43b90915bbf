/** Refusals of the HTTP side itself. Those of dialler, quality and platform keep their own classes and codes. */
const refusals = {
  'not-signed-in': [401, 'Please sign in.'],
  'wrong-password': [401, 'User name or password is wrong.'],
  'account-locked': [423, 'The account is locked for a while after too many wrong passwords.'],
  'account-inactive': [403, 'The account is not active.'],
  'no-right': [403, 'You do not have the right to do this.'],
  'csrf-token': [403, 'The page is out of date. Load it again.'],
  'foreign-origin': [403, 'The request comes from another site.'],
  'not-found': [404, 'There is no such thing, or you may not see it.'],
  'no-such-route': [404, 'The API has no such address.'],
  'name-taken': [409, 'The name is taken.'],
  'last-administrator': [409, 'This is the last active administrator. Make another one first.'],
  'wrong-state': [409, 'This is not possible in the present state.'],
  'script-not-draft': [409, 'A script version can only be changed while it is a draft.'],
  'script-incomplete': [409, 'Every step and everything that must be said needs its words first.'],
  'questionnaire-draft-exists': [409, 'There is a draft already.'],
  'questionnaire-draft-changed': [409, 'Somebody else has changed the draft meanwhile.'],
  'questionnaire-invalid': [422, 'The questionnaire cannot be asked as it is.'],
  'answers-invalid': [422, 'An answer does not fit its question.'],
  'answers-missing': [422, 'A question that must be answered is still open.'],
  'nothing-asked': [409, 'This call asks no questionnaire.'],
  'week-not-over': [409, 'The week is not over.'],
  'recording-not-stored': [409, 'There is no sound of this recording.'],
  'bad-request': [400, 'The request cannot be understood.'],
  'file-missing': [400, 'The file is missing.'],
  'file-too-large': [413, 'The file is too large. Divide it and send the parts one by one.'],
  'unknown-reference': [400, 'Something the request names does not exist.'],
  'too-many-requests': [429, 'Too many requests. Try again in a minute.'],
  'not-available': [503, 'This part of the product is not running.'],
} as const satisfies Record<string, readonly [number, string]>;

export type ApiRefusal = keyof typeof refusals;

export class ApiError extends Error {
  readonly code: ApiRefusal;
  readonly status: number;
  readonly retryable: boolean;
  readonly field: string | undefined;

  constructor(code: ApiRefusal, options: { field?: string; detail?: string; cause?: unknown } = {}) {
    const [status, sentence] = refusals[code];
    super(options.detail ?? sentence, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ApiError';
    this.code = code;
    this.status = status;
    this.retryable = status === 429 || status === 503;
    this.field = options.field;
  }
}
