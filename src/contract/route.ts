/** How one route of the API is described. The table of all routes is `routes.ts`. */
import type { z } from 'zod';
import type { Right } from './rights.ts';

/** What a reply is made of: JSON by a schema, or bytes of a media type. */
export type Route = {
  /** The right needed; `public`: nobody need be signed in; `signed-in`: any account. Reads are narrowed further by whom the data belongs to. */
  right: Right | 'public' | 'signed-in';
  summary: string;
  params?: z.ZodType;
  query?: z.ZodType;
  /** JSON body; `multipart` bodies are streams with a part named `file` and text fields. */
  body?: z.ZodType | 'multipart';
  reply: z.ZodType | 'bytes';
  /** Status of success, 200 unless said. */
  status?: 200 | 201 | 202 | 204;
};
