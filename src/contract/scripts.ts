import { z } from 'zod';
import { count, id, idParams, longText, shortText, time } from './common.ts';
import type { Route } from './route.ts';

/** What must be said: tariff, trial end, how to ask, how to cancel, how to use it, functions. */
export const mustSayKind = z.enum([
  'tariff',
  'trial-end',
  'how-to-ask',
  'how-to-cancel',
  'how-to-use',
  'function',
  'identity',
  'consent',
  'recording',
  'other',
]);
const itemId = z.string().regex(/^[a-z0-9-]{1,60}$/, 'small letters, digits and dashes');
/** Texts by language that is spoken; the agent's desk shows the one of the campaign's customers, and any other beside it. */
const spoken = z.object({ en: z.string().max(4000), zh: z.string().max(4000) });
export const scriptBody = z
  .object({
    steps: z
      .array(z.object({ id: itemId, title: spoken, text: spoken }))
      .min(1)
      .max(60),
    mustSay: z.array(z.object({ id: itemId, kind: mustSayKind, text: spoken, step: itemId.nullable() })).max(60),
  })
  .meta({ id: 'ScriptBody' });
export type ScriptBody = z.infer<typeof scriptBody>;

/** The first part that has no words in any language, as a field's name; undefined: everything can be said. */
export function wordlessPart({ steps, mustSay }: ScriptBody): string | undefined {
  const wordless = ({ text }: { text: { en: string; zh: string } }) => text.en.trim() === '' && text.zh.trim() === '';
  const step = steps.findIndex(wordless);
  if (step >= 0) return `steps.${step}.text`;
  const item = mustSay.findIndex(wordless);
  return item >= 0 ? `mustSay.${item}.text` : undefined;
}
export type MustSayKind = z.infer<typeof mustSayKind>;

export const scriptState = z.enum(['draft', 'submitted', 'approved', 'withdrawn']);
export const scriptVersion = z
  .object({
    id,
    scriptId: id,
    scriptName: z.string(),
    productId: id,
    productName: z.string(),
    version: count,
    state: scriptState,
    body: scriptBody,
    textHash: z.string(),
    createdAt: time,
    approvedAt: time.nullable(),
    approvedBy: z.string().nullable(),
  })
  .meta({ id: 'ScriptVersion' });
export type ScriptVersion = z.infer<typeof scriptVersion>;

export const script = z.object({
  id,
  name: z.string(),
  productId: id,
  productName: z.string(),
  versions: z.array(z.object({ id, version: count, state: scriptState, createdAt: time, approvedAt: time.nullable() })),
});
export type Script = z.infer<typeof script>;

export const scriptRoutes = {
  'GET /api/scripts': {
    right: 'script.read',
    summary: 'Scripts with versions',
    reply: z.object({ items: z.array(script) }),
  },
  'POST /api/scripts': {
    right: 'script.write',
    summary: 'Makes a script with its first draft',
    body: z.object({ productId: id, name: shortText, body: scriptBody }),
    reply: scriptVersion,
    status: 201,
  },
  'POST /api/scripts/:id/versions': {
    right: 'script.write',
    summary: 'Makes a further draft',
    params: idParams,
    body: z.object({ body: scriptBody }),
    reply: scriptVersion,
    status: 201,
  },
  'GET /api/script-versions/:id': {
    right: 'script.read',
    summary: 'One version',
    params: idParams,
    reply: scriptVersion,
  },
  'PUT /api/script-versions/:id': {
    right: 'script.write',
    summary: 'Changes a draft; refused with `script-not-draft` later',
    params: idParams,
    body: z.object({ body: scriptBody }),
    reply: scriptVersion,
  },
  'POST /api/script-versions/:id/submit': {
    right: 'script.write',
    summary: 'Hands a draft to the client',
    params: idParams,
    reply: scriptVersion,
  },
  'POST /api/script-versions/:id/approve': {
    right: 'script.approve',
    summary: 'The client approves',
    params: idParams,
    reply: scriptVersion,
  },
  'POST /api/script-versions/:id/withdraw': {
    right: 'script.approve',
    summary: 'Withdraws an approval or refuses a draft',
    params: idParams,
    body: z.object({ why: longText }),
    reply: scriptVersion,
  },
} as const satisfies Record<string, Route>;
