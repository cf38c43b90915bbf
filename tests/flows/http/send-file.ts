import type { Browser, HttpRig } from './rig.ts';

/** Sends fields and a CSV file as a page's form does; null: the file is left out. */
export async function sendFile(
  { app }: HttpRig,
  browser: Browser,
  url: string,
  fields: Record<string, string>,
  content: Buffer | null,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const edge = 'edge-of-the-test';
  const part = (head: string, body: Buffer | string) =>
    Buffer.concat([
      Buffer.from(`--${edge}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`),
      Buffer.from(body),
      Buffer.from('\r\n'),
    ]);
  const payload = Buffer.concat([
    ...Object.entries(fields).map(([name, value]) => part(`name="${name}"`, value)),
    ...(content === null ? [] : [part('name="file"; filename="list.csv"\r\nContent-Type: text/csv', content)]),
    Buffer.from(`--${edge}--\r\n`),
  ]);
  const response = await app.inject({
    method: 'POST',
    url,
    headers: {
      cookie: browser.cookie(),
      'x-csrf-token': browser.csrf,
      'content-type': `multipart/form-data; boundary=${edge}`,
    },
    payload,
  });
  return { status: response.statusCode, body: response.json<Record<string, unknown>>() };
}
