import { z } from 'zod';
import type { BehaviourName } from './test-numbers.ts';
import { isBehaviourName } from './test-numbers.ts';

const reply = z.object({
  /** A part of the message's text that this reply answers; without it any message. */
  match: z.string().optional(),
  body: z.string(),
  /** How long the person takes to answer, in milliseconds of the sandbox's clock. */
  afterMs: z.number().min(0).default(20_000),
});

const schema = z.object({
  /** Numbers of the account. Without it every number reserved for fiction is one. */
  owned: z.array(z.string()).optional(),
  /** Verified caller IDs. */
  verified: z.array(z.string()).default([]),
  /** Fixed behaviour by number. */
  people: z
    .record(
      z.string(),
      z.custom<BehaviourName>((name) => typeof name === 'string' && isBehaviourName(name), 'unknown behaviour'),
    )
    .default({}),
  /** Scripted replies to text messages by number; an empty list never replies. */
  replies: z.record(z.string(), z.array(reply)).default({}),
  /** Keys that the person at a number presses when a document asks for some. */
  digits: z.record(z.string(), z.string().regex(/^[0-9*#A-D]+$/)).default({}),
  /** Prefixes that may not be called (21215). */
  blockedCountries: z.array(z.string()).default([]),
  /** Where inbound calls and messages of every owned number go, unless set by the API. */
  voiceUrl: z.string().optional(),
  smsUrl: z.string().optional(),
});

export type NumbersFile = z.input<typeof schema>;
export type Numbers = z.output<typeof schema>;

/** Reads the numbers file; the error lists every fault in it. */
export function readNumbers(input: unknown): { ok: true; numbers: Numbers } | { ok: false; message: string } {
  const result = schema.safeParse(input);
  return result.success ? { ok: true, numbers: result.data } : { ok: false, message: z.prettifyError(result.error) };
}
