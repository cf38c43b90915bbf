import type { MultipartFile } from '@fastify/multipart';
import { ApiError } from './errors.ts';

/** The largest file that is taken, in bytes: a list of some five million lines. */
export const uploadLimitBytes = 512 * 1024 * 1024;

/** An uploaded file's bytes as they arrive. A file over the limit ends in the error `file-too-large`, never early and silently. */
export async function* wholeFile({ file }: Pick<MultipartFile, 'file'>): AsyncGenerator<Uint8Array> {
  for await (const chunk of file) yield chunk;
  if (file.truncated) throw new ApiError('file-too-large', { field: 'body.file' });
}
