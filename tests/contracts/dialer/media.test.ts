import http from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CarrierAccount } from '../../../dialer/adapters/telephony/account.ts';
import { download } from '../../../dialer/adapters/telephony/media.ts';

type Reply = (request: http.IncomingMessage, response: http.ServerResponse) => void;

/** A server that notes what it was asked. */
async function serve(reply: Reply) {
  const asked: { url: string; authorization: string | undefined }[] = [];
  const server = http.createServer((request, response) => {
    asked.push({ url: request.url ?? '', authorization: request.headers.authorization });
    reply(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${port}`, asked, close };
}

describe('fetching a recording', () => {
  let reply: Reply = () => undefined;
  let carrier: Awaited<ReturnType<typeof serve>>;
  let account: CarrierAccount;
  beforeEach(async () => {
    carrier = await serve((request, response) => reply(request, response));
    account = {
      ...{ provider: 'twilio', accountSid: 'AC1', authToken: 'secret', isSandbox: false, publicUrl: 'http://us' },
      baseUrl: carrier.url,
    };
  });
  afterEach(() => carrier.close());
  const fetchIt = () => download(account, `${carrier.url}/Recordings/RE1`);

  it('asks the carrier by name for two channels, and passes on what it sends', async () => {
    reply = (_, response) => response.end('sound');
    const answer = await fetchIt();
    if (answer.kind !== 'ok') throw new Error(answer.kind);
    const pieces: Uint8Array[] = [];
    for await (const piece of answer.content) pieces.push(piece);
    expect(Buffer.concat(pieces).toString()).toBe('sound');
    const authorization = `Basic ${Buffer.from('AC1:secret').toString('base64')}`;
    expect(carrier.asked).toEqual([{ url: '/Recordings/RE1.wav?RequestedChannels=2', authorization }]);
  });

  it('follows a redirect to storage, without the credentials', async () => {
    const storage = await serve((_, response) => response.end('sound'));
    reply = (_, response) => response.writeHead(302, { location: `${storage.url}/kept?key=1` }).end();
    expect((await fetchIt()).kind).toBe('ok');
    expect(storage.asked).toEqual([{ url: '/kept?key=1', authorization: undefined }]);
    storage.close();
  });

  it('tells what is not there from what may come later', async () => {
    const answers = [];
    for (const status of [404, 401, 403, 410, 429, 503, 304]) {
      reply = (_, response) => response.writeHead(status).end();
      answers.push(await fetchIt());
    }
    reply = (_, response) => response.writeHead(302, { location: '/round' }).end();
    answers.push(await fetchIt());
    reply = (request) => request.destroy();
    answers.push(await fetchIt());
    expect(answers).toEqual([
      { kind: 'absent' },
      // A token that somebody has to renew: the recording is there all the while.
      { kind: 'failed', cause: 'status-401', retryable: true },
      { kind: 'failed', cause: 'status-403', retryable: true },
      { kind: 'failed', cause: 'status-410', retryable: false },
      { kind: 'failed', cause: 'status-429', retryable: true },
      { kind: 'failed', cause: 'status-503', retryable: true },
      { kind: 'failed', cause: 'status-304', retryable: false },
      { kind: 'failed', cause: 'too-many-redirects', retryable: true },
      { kind: 'failed', cause: 'Error', retryable: true },
    ]);
    expect(await download(account, 'no address')).toMatchObject({ kind: 'failed', cause: 'bad-address' });
  });

  it('a transfer that breaks off is a fault, not a shorter recording', async () => {
    reply = (_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => response.destroy());
    };
    const answer = await fetchIt();
    if (answer.kind !== 'ok') throw new Error(answer.kind);
    const { content } = answer;
    await expect(
      (async () => {
        for await (const piece of content) expect(piece.length).toBe(4);
      })(),
    ).rejects.toThrow();
  });
});
