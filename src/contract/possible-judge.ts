/** To whom an inspection may be given by hand. */
import { z } from 'zod';
import { count, id } from './common.ts';

/** Somebody of its centre who has no other judgement of the recording. */
export const possibleJudge = z.object({
  id,
  name: z.string(),
  role: z.enum(['inspector', 'supervisor']),
  /** Inspections they hold. */
  load: count,
});
export type PossibleJudge = z.infer<typeof possibleJudge>;
