/** The two neighbours of the dialler in the latency benchmark: its web server, and the sandbox carrier in another process. */
import { fork } from 'node:child_process';
import http from 'node:http';
import type { DialerWithExtras } from '../../dialer/engine/dialer.ts';

/** Hands webhooks to the dialler and notes how long each document took, in ms. */
export async function serve(
  holder: { dialer: DialerWithExtras | null },
  documents: number[],
): Promise<{ url: string; close(): Promise<void> }> {
  const server = http.createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
    const began = performance.now();
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const rawUrl = request.url ?? '/';
      const rawBody = Buffer.concat(chunks).toString('utf8');
      const handled = holder.dialer?.webhooks.handle({
        method: request.method ?? '',
        rawUrl,
        headers: request.headers,
        rawBody,
      });
      void handled
        ?.then((answer) => {
          response.writeHead(answer.status, { 'content-type': answer.contentType });
          response.end(answer.body);
          if (rawUrl.startsWith('/telephony/customer/')) documents.push(performance.now() - began);
        })
        .catch((error: unknown) => {
          console.error(error);
          response.writeHead(500);
          response.end();
        });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** `answered`: which share of the calls somebody answers. */
export async function startCarrier(
  accountSid: string,
  authToken: string,
  { talkMs, answered }: { talkMs: number; answered: number },
): Promise<{ url: string; pid: number | undefined; stop(): Promise<void> }> {
  // Compiled, the neighbour is a .js file; the compiler does not rewrite addresses in texts.
  const file = new URL(`./latency-sandbox${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);
  const words = [accountSid, authToken, String(talkMs), String(answered)];
  const child = fork(file, words, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const url = await new Promise<string>((resolve, reject) => {
    child.once('message', (message) => resolve(String(message)));
    child.once('exit', (code) => reject(new Error(`the sandbox ended with ${code}`)));
  });
  return {
    url,
    pid: child.pid,
    async stop() {
      const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      child.disconnect();
      await gone;
    },
  };
}
