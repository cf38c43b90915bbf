/** Forms as data with their versions, the answers on them, and a verdict. */
import { z } from 'zod';
import { bilingual, columnCount, count, nothing, time } from './common.ts';
import type { Route } from './route.ts';

export const code = z.string().min(1).max(60);
export const form = z
  .object({
    id: z.string(),
    version: count,
    title: bilingual,
    criteria: z.array(
      z.object({
        code,
        title: bilingual,
        /** A failure fails the whole inspection. */
        fatal: z.boolean(),
        checks: z.array(z.object({ code, text: bilingual, notApplicableAllowed: z.boolean(), retired: z.boolean() })),
        reasons: z.array(z.object({ code, text: bilingual, fabricatedConsent: z.boolean(), retired: z.boolean() })),
      }),
    ),
  })
  .meta({ id: 'Form' });
export type Form = z.infer<typeof form>;

/** One answer on a criterion. A failure names its reason and the second at which it is heard. */
export const criterionAnswer = z.object({
  criterion: code,
  verdict: z.enum(['pass', 'fail']),
  reason: code.nullable(),
  atSecond: z.number().min(0).nullable(),
  checks: z.array(z.object({ check: code, answer: z.enum(['pass', 'fail', 'not-applicable']) })).max(50),
  note: z.string().max(2000),
});
export type CriterionAnswer = z.infer<typeof criterionAnswer>;

export const verdict = z.object({
  answers: z.array(criterionAnswer).min(1).max(50),
  note: z.string().max(4000),
  /** How much was listened to, so that a judgement without listening is seen. */
  listenedSeconds: z.number().min(0).max(86_400),
});
export type Verdict = z.infer<typeof verdict>;

export const formKind = z.enum([
  'valid-marketing',
  'corrective-call',
  'second-confirmation',
  'conduct',
  'floor-patrol',
]);
export type FormKind = z.infer<typeof formKind>;

const words = z.object({ en: z.string().max(400), zh: z.string().max(400) });
/** A key of criterion, check or reason; whether it is well formed is said when the draft is looked at. */
const key = z.string().max(30);
/** What an author of a version writes. Anything may be saved while it is a draft. */
export const formBody = z
  .object({
    title: words,
    criteria: z
      .array(
        z.object({
          id: key,
          title: words,
          fatal: z.boolean(),
          weight: z.number().min(0).max(1000),
          checks: z
            .array(
              z.object({
                id: key,
                text: words,
                askedOf: z.enum(['all', 'sale', 'no-sale']),
                mayNotApply: z.boolean(),
                /** Not asked any more; the key stays, because old failures are counted under it. */
                retired: z.boolean(),
                reasons: z.array(z.object({ code: key, text: words, retired: z.boolean() })).max(60),
              }),
            )
            .max(50),
        }),
      )
      .max(30),
  })
  .meta({ id: 'FormBody' });
export type FormBody = z.infer<typeof formBody>;

const fault = z.object({ code: z.string(), field: z.string() });
export const formVersionHead = z.object({
  formId: formKind,
  version: count,
  state: z.enum(['draft', 'published']),
  note: z.string(),
  /** Counts the savings of a draft. Who changes it says which one they saw. */
  revision: count,
  draftedBy: z.string().nullable(),
  draftedAt: time,
  publishedBy: z.string().nullable(),
  publishedAt: time.nullable(),
});
export type FormVersionHead = z.infer<typeof formVersionHead>;

export const formVersion = formVersionHead
  .extend({
    ...formBody.shape,
    heard: z.enum(['recording', 'live']),
    /** As an inspector meets it: of a conversation with a sale, and without. */
    shown: z.object({ sale: form, 'no-sale': form }),
    /** Reasons whose words differ from the version before: whoever publishes says that they mean the same. */
    reworded: z.array(z.object({ code, field: z.string(), before: bilingual, after: bilingual })),
    sameMeaning: z.array(z.string()),
    /** What still forbids to publish a draft. */
    faults: z.array(fault),
  })
  .meta({ id: 'FormVersion' });
export type FormVersion = z.infer<typeof formVersion>;

export const formChange = z.object({
  what: z.enum(['form', 'criterion', 'check', 'reason']),
  how: z.enum(['added', 'gone', 'retired', 'brought-back', 'reworded', 'moved', 'reweighted', 'asked-otherwise']),
  /** Keys of criterion, check and reason, as far as they go. */
  at: z.array(z.string()),
  before: bilingual.nullable(),
  after: bilingual.nullable(),
  values: z.object({ before: z.string(), after: z.string() }).nullable(),
});
export type FormChange = z.infer<typeof formChange>;

const kindParams = z.object({ id: formKind });
const versionNumber = z.coerce.number().pipe(columnCount.min(1));
const seen = z.object({ revision: columnCount });

export const formRoutes = {
  'GET /api/forms': {
    right: 'signed-in',
    summary: 'Newest version of every form, with what is retired, by which old failures are named',
    reply: z.object({ items: z.array(form) }),
  },
  'GET /api/forms/:id/:version': {
    right: 'signed-in',
    summary: 'One published version of a form',
    params: kindParams.extend({ version: versionNumber }),
    reply: form,
  },
  'GET /api/form-versions': {
    right: 'organisation.read',
    summary: 'Versions of all forms, or of one, with the draft there may be; the newest first',
    query: z.object({ form: formKind.optional() }),
    reply: z.object({ items: z.array(formVersionHead) }),
  },
  'GET /api/form-versions/:id/:version': {
    right: 'organisation.read',
    summary: 'One version as its author sees it',
    params: kindParams.extend({ version: versionNumber }),
    reply: formVersion,
  },
  'GET /api/form-changes/:id': {
    right: 'organisation.read',
    summary: 'What differs between two versions',
    params: kindParams,
    query: z.object({ from: versionNumber, to: versionNumber }),
    reply: z.object({ items: z.array(formChange) }),
  },
  'POST /api/form-drafts/:id': {
    right: 'form.write',
    summary: 'Begins a draft as a copy of the version in force; refused with `form-draft-exists`',
    params: kindParams,
    reply: formVersion,
    status: 201,
  },
  'PUT /api/form-drafts/:id': {
    right: 'form.write',
    summary: 'Saves the draft; refused with `form-draft-changed` where somebody else has saved it meanwhile',
    params: kindParams,
    body: seen.extend({ note: z.string().max(1000), body: formBody }),
    reply: formVersion,
  },
  'DELETE /api/form-drafts/:id': {
    right: 'form.write',
    summary: 'Throws the draft away',
    params: kindParams,
    query: z.object({ revision: z.coerce.number().pipe(columnCount) }),
    reply: nothing,
  },
  'POST /api/form-drafts/:id/publish': {
    right: 'form.write',
    summary: 'Publishes the draft: inspections made from now on are judged by it; refused with `form-invalid`',
    params: kindParams,
    /** Codes of reworded reasons that mean what they meant before. */
    body: seen.extend({ sameMeaning: z.array(z.string().max(61)).max(500) }),
    reply: formVersion,
  },
} as const satisfies Record<string, Route>;
