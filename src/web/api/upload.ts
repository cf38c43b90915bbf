/** Sends a file with progress, which fetch cannot tell. Raises `ApiError` like every other call. */
import type { Reply } from '../../contract/routes.ts';
import { address, csrf } from './client.ts';
import { networkError, problemOf } from './problem.ts';

export async function uploadList(
  campaignId: string,
  file: File,
  name: string,
  progress: (sentShare: number) => void,
): Promise<Reply<'POST /api/campaigns/:id/lists'>> {
  const body = new FormData();
  // Fields go before the file, so that a streaming reader knows them in time.
  body.append('name', name);
  body.append('file', file);
  const token = await csrf();
  const response = await new Promise<Response>((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', address('POST /api/campaigns/:id/lists', { params: { id: campaignId } }));
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
