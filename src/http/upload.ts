import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { ApiError } from './errors.ts';
import { requireStorable } from './storable.ts';

/** The largest file that is taken, in bytes: a list of some five million lines. */
export const uploadLimitBytes = 512 * 1024 * 1024;

/** Of a list, of where it comes from, of a file: no file system has longer ones. */
const longestName = 255;

/** An uploaded file's bytes as they arrive. A file over the limit ends in the error `file-too-large`, never early and silently. */
export async function* wholeFile({ file }: Pick<MultipartFile, 'file'>): AsyncGenerator<Uint8Array> {
  for await (const chunk of file) yield chunk;
  if (file.truncated) throw new ApiError('file-too-large', { field: 'body.file' });
}

/** The texts that came with a file, under which it will stand; a file that is refused is read to its end, since the connection waits for that. */
export function requireNames({ file }: Pick<MultipartFile, 'file'>, texts: Readonly<Record<string, string>>): void {
  try {
    requireStorable({ body: texts });
    for (const [name, text] of Object.entries(texts))
      if (text.length > longestName) throw new ApiError('bad-request', { field: `body.${name}` });
  } catch (refusal) {
    file.resume();
    throw refusal;
  }
}

/** The text fields up to the file, and the file unread. */
export async function partsOf(
  request: FastifyRequest,
): Promise<{ fields: Record<string, string>; file: MultipartFile }> {
  if (!request.isMultipart()) throw new ApiError('file-missing', { field: 'body.file' });
  const fields: Record<string, string> = {};
  for await (const part of request.parts()) {
    if (part.type === 'file') return { fields, file: part };
    fields[part.fieldname] = String(part.value);
  }
  throw new ApiError('file-missing', { field: 'body.file' });
}
