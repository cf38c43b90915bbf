/** Sends a file with progress, which fetch cannot tell. Raises `ApiError` like every other call. */
import type { Reply } from '../../contract/routes.ts';
import { address, csrf } from './client.ts';
import { networkError, problemOf } from './problem.ts';

type Uploads =
  | 'POST /api/clients/:id/customer-months'
  | 'POST /api/campaigns/:id/lists'
  | 'POST /api/blacklist/external';

/** `progress`: the share of the file that has been sent. */
export async function upload<K extends Uploads>(
  key: K,
  params: Record<string, string>,
  of: { fields: Record<string, string>; file: File },
  progress: (sentShare: number) => void,
): Promise<Reply<K>> {
  const body = new FormData();
  // Fields go before the file, so that a streaming reader knows them in time.
  for (const [name, value] of Object.entries(of.fields)) body.append(name, value);
  body.append('file', of.file);
  const token = await csrf();
  const response = await new Promise<Response>((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', address(key, { params }));
    request.setRequestHeader('x-csrf-token', token);
    request.setRequestHeader('accept', 'application/json');
    request.upload.onprogress = (event) => progress(event.lengthComputable ? event.loaded / event.total : 0);
    request.onerror = () => reject(networkError());
    request.onload = () => {
      const type = request.getResponseHeader('content-type') ?? '';
      resolve(new Response(request.responseText, { status: request.status, headers: { 'content-type': type } }));
    };
    request.send(body);
  });
  if (!response.ok) throw await problemOf(response);
  return response.json();
}
