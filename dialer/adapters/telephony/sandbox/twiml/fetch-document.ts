import type { DocumentSource } from '../calls/call.ts';
import type { Params } from '../webhooks/params.ts';
import type { World } from '../world.ts';
import type { XmlElement } from './xml.ts';
import { parseXml } from './xml.ts';

/** A document ready to run, or the carrier's error code for why there is none. */
export type Fetched =
  | { ok: true; root: XmlElement; url: string | null }
  | { ok: false; code: number; message: string; body: string };

/** Inline documents and fetched ones are read by the same rules. */
export async function fetchDocument(world: World, source: DocumentSource, params: Params): Promise<Fetched> {
  if (source.kind === 'inline') return read(source.twiml, null);
  const result = await world.webhooks.send({ url: source.url, method: source.method, params, purpose: 'document' });
  if (!result.ok) return { ok: false, code: result.code, message: result.message, body: '' };
  const type = result.contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type.startsWith('audio/')) return { ok: true, root: wrap('Play', result.url), url: result.url };
  if (type === 'text/plain') return { ok: true, root: wrap('Say', result.body), url: result.url };
  if (!type.startsWith('text/') && type !== 'application/xml')
    return { ok: false, code: 12300, message: `Invalid Content-Type: ${type || 'none'}`, body: result.body };
  return read(result.body, result.url);
}

function wrap(verb: string, text: string): XmlElement {
  return { name: 'Response', attributes: {}, children: [{ name: verb, attributes: {}, children: [text] }] };
}

function read(text: string, url: string | null): Fetched {
  const parsed = parseXml(text);
  if (!parsed.ok) return { ok: false, code: 12100, message: `Document parse failure: ${parsed.message}`, body: text };
  if (parsed.root.name !== 'Response')
    return { ok: false, code: 12102, message: 'The root element must be <Response>', body: text };
  return { ok: true, root: parsed.root, url };
}
