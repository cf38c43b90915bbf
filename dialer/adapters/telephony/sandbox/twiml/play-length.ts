import http from 'node:http';
import { signUrl } from '../webhooks/signature.ts';
import { isLoopback } from '../webhooks/transport.ts';
import type { World } from '../world.ts';

/** Where the length of a sound cannot be had. */
const UNKNOWN_MS = 3_000;
const HEAD_BYTES = 4_096;

const cache = new Map<string, number>();

/** The length that a RIFF/WAVE head announces, in milliseconds, or null. */
function wavMs(head: Buffer): number | null {
  if (head.length < 12 || head.toString('latin1', 0, 4) !== 'RIFF' || head.toString('latin1', 8, 12) !== 'WAVE')
    return null;
  let bytesPerSecond = 0;
  for (let at = 12; at + 8 <= head.length; ) {
    const id = head.toString('latin1', at, at + 4);
    const size = head.readUInt32LE(at + 4);
    if (id === 'fmt ' && at + 20 <= head.length) bytesPerSecond = head.readUInt32LE(at + 16);
    if (id === 'data') return bytesPerSecond > 0 ? Math.round((size / bytesPerSecond) * 1_000) : null;
    at += 8 + size + (size % 2);
  }
  return null;
}

/** How long the sound at a URL lasts: read from its WAV head on loopback, else 3 s; null where it cannot be fetched. */
export async function playMs(world: World, url: string): Promise<number | null> {
  const known = cache.get(url);
  if (known !== undefined) return known;
  if (!URL.canParse(url)) return null;
  const parsed = new URL(url);
  if (parsed.protocol !== 'http:' || !isLoopback(parsed.hostname)) return UNKNOWN_MS;
  world.webhooks.stats.inFlight += 1;
  const head = await fetchHead(parsed, signUrl(world.identity.authToken, url));
  world.webhooks.stats.inFlight -= 1;
  if (head === null) return null;
  const ms = wavMs(head) ?? UNKNOWN_MS;
  if (cache.size > 200) cache.clear();
  cache.set(url, ms);
  return ms;
}

function fetchHead(url: URL, signature: string): Promise<Buffer | null> {
  return new Promise((resolve) => {
    const headers = { Range: `bytes=0-${HEAD_BYTES - 1}`, 'X-Twilio-Signature': signature };
    const request = http.get(url, { headers, timeout: 5_000 }, (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      const done = () => resolve((response.statusCode ?? 500) < 300 ? Buffer.concat(chunks) : null);
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size < HEAD_BYTES) return;
        done();
        request.destroy();
      });
      response.on('end', done);
      response.on('error', done);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(null));
  });
}
