import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';

/** One request on the wire and how it ended; times in real milliseconds. */
export type WireRequest = {
  url: string;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body: string | null;
  connectMs: number;
  readMs: number;
};

export type WireResult =
  | { kind: 'answer'; status: number; contentType: string; location: string | null; body: string }
  | { kind: 'connect'; message: string; code?: number }
  | { kind: 'read-timeout' }
  | { kind: 'too-large' };

/** A TwiML document may be 64 kB; a little more is read to know that it is too large. */
const MAX_BODY = 64 * 1024;

/** A host that cannot exist (RFC 6761): who tries their fallback with it is told 11210 as by the carrier, and nobody is asked. */
export const isNowhere = (hostname: string): boolean => /(^|\.)invalid$/i.test(hostname);

/** Whether a host is this machine: the sandbox talks to nobody else. */
export function isLoopback(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (host === 'localhost' || host === '::1') return true;
  return isIP(host) === 4 && host.startsWith('127.');
}

/**
 * Where a request goes. The path is sent in its original encoding, because that is what is signed; only what HTTP cannot
 * carry (spaces, other scripts) is encoded.
 */
function destination(url: string): { hostname: string; port: string; path: string; auth?: string } {
  const { hostname, port, username, password } = new URL(url);
  const raw = /^[a-z]+:\/\/[^/?#]*([^#]*)/i.exec(url)?.[1] ?? '';
  const path = (raw.startsWith('/') ? raw : `/${raw}`).replace(/[^\x21-\x7e]/gu, encodeURIComponent);
  const auth = username === '' ? {} : { auth: `${decodeURIComponent(username)}:${decodeURIComponent(password)}` };
  return { hostname: hostname.replace(/^\[|\]$/g, ''), port, path, ...auth };
}

/** Why a connection failed: 11237 a certificate nobody vouches for, 11220 no TLS there, 11210 no such host, else 11205. */
function broken(error: NodeJS.ErrnoException, connected: boolean): WireResult {
  const name = error.code ?? '';
  if (/CERT|SIGNED|ISSUER/.test(name)) return { kind: 'connect', message: name, code: 11237 };
  if (/^ERR_SSL|^ERR_TLS|^EPROTO/.test(name)) return { kind: 'connect', message: name, code: 11220 };
  if (name === 'ENOTFOUND') return { kind: 'connect', message: name, code: 11210 };
  return { kind: 'connect', message: connected ? 'connection closed' : name || error.message };
}

/** Keep-alive connections to the application: a webhook on a warm connection costs well under a millisecond. */
export class Transport {
  readonly #http = new http.Agent({ keepAlive: true, maxSockets: 256, scheduling: 'lifo' });
  readonly #https = new https.Agent({ keepAlive: true, maxSockets: 256 });

  /** Sends once. A warm connection that the other side had just closed is replaced without counting as an attempt. */
  async send(request: WireRequest): Promise<WireResult> {
    try {
      const first = await this.#once(request);
      return first === 'stale-connection' ? await this.#final(request) : first;
    } catch {
      // An address that cannot be put on the wire, such as one with a broken percent sign in its user name.
      return { kind: 'connect', message: 'the address cannot be called' };
    }
  }

  close(): void {
    this.#http.destroy();
    this.#https.destroy();
  }

  async #final(request: WireRequest): Promise<WireResult> {
    const second = await this.#once(request);
    return second === 'stale-connection' ? { kind: 'connect', message: 'connection reset' } : second;
  }

  #once(request: WireRequest): Promise<WireResult | 'stale-connection'> {
    return new Promise((resolve) => {
      const secure = request.url.startsWith('https:');
      let connected = false;
      const outgoing = (secure ? https : http).request({
        ...destination(request.url),
        method: request.method,
        agent: secure ? this.#https : this.#http,
        headers:
          request.body === null
            ? request.headers
            : { ...request.headers, 'Content-Length': Buffer.byteLength(request.body) },
      });
      let timer = setTimeout(() => finish({ kind: 'connect', message: 'connect timeout' }), request.connectMs);
      const finish = (result: WireResult | 'stale-connection') => {
        clearTimeout(timer);
        resolve(result);
        if (result === 'stale-connection' || result.kind !== 'answer') outgoing.destroy();
      };
      const onConnected = () => {
        connected = true;
        clearTimeout(timer);
        timer = setTimeout(() => finish({ kind: 'read-timeout' }), request.readMs);
      };
      outgoing.on('socket', (socket) => {
        if (socket.connecting) socket.once(secure ? 'secureConnect' : 'connect', onConnected);
        else onConnected();
      });
      outgoing.on('error', (error: NodeJS.ErrnoException) => {
        if (outgoing.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE'))
          finish('stale-connection');
        else finish(broken(error, connected));
      });
      outgoing.on('response', (response) => {
        const chunks: Buffer[] = [];
        let size = 0;
        response.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size > MAX_BODY) finish({ kind: 'too-large' });
          else chunks.push(chunk);
        });
        response.on('error', () => finish({ kind: 'connect', message: 'connection closed' }));
        response.on('aborted', () => finish({ kind: 'connect', message: 'connection closed' }));
        response.on('end', () =>
          finish({
            kind: 'answer',
            status: response.statusCode ?? 0,
            contentType: response.headers['content-type'] ?? '',
            location: response.headers.location ?? null,
            body: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      });
      outgoing.end(request.body ?? undefined);
    });
  }
}
