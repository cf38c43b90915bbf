import type { Call, DocumentSource, HttpMethod, LiveCall } from '../calls/call.ts';
import { notify } from '../webhooks/notify.ts';
import type { Params } from '../webhooks/params.ts';
import type { World } from '../world.ts';
import type { Run } from './run.ts';
import type { XmlElement } from './xml.ts';

/** What happens after a verb: the next one, another document, or the end of the call. */
export type Next =
  | { kind: 'next' }
  | { kind: 'document'; source: DocumentSource; params: Params }
  | { kind: 'hang-up'; status?: 'busy' | 'failed' };

/** What a verb works with. */
export type Context = {
  world: World;
  call: Call;
  live: LiveCall;
  run: Run;
  /** The document being run; null for inline text. */
  documentUrl: string | null;
  documentMethod: HttpMethod;
  /** Runs the document at a URL on another leg until its end, as whispers and waiting rooms do; true when it ran to its end. */
  perform: (leg: { call: Call; live: LiveCall; run: Run }, source: DocumentSource, params: Params) => Promise<boolean>;
  /** Runs child verbs in place. */
  children: (elements: readonly XmlElement[]) => Promise<Next>;
};

export type Verb = (context: Context, element: XmlElement) => Promise<Next>;

export const NEXT: Next = { kind: 'next' };

/** An absolute URL is used to the letter; a relative one is resolved against the current document. Null where it cannot be. */
export function resolveUrl(context: Pick<Context, 'documentUrl'>, href: string): string | null {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(href)) return href;
  if (context.documentUrl === null || !URL.canParse(href, context.documentUrl)) return null;
  return new URL(href, context.documentUrl).href;
}

export function methodOf(element: XmlElement, attribute = 'method', otherwise: HttpMethod = 'POST'): HttpMethod {
  const text = element.attributes[attribute]?.toUpperCase();
  return text === 'GET' || text === 'POST' ? text : otherwise;
}

/** A callback named by two attributes of an element, or null. */
export function callbackOf(
  context: Pick<Context, 'documentUrl'>,
  element: XmlElement,
  urlAttribute: string,
): { url: string; method: HttpMethod } | null {
  const href = element.attributes[urlAttribute];
  if (href === undefined || href.trim() === '') return null;
  const url = resolveUrl(context, href.trim());
  return url === null ? null : { url, method: methodOf(element, `${urlAttribute}Method`) };
}

/** A number attribute within bounds, or its default. */
export function numberOf(element: XmlElement, attribute: string, low: number, high: number, otherwise: number): number {
  const text = element.attributes[attribute];
  if (text === undefined || !/^\d+(\.\d+)?$/.test(text.trim())) return otherwise;
  return Math.min(high, Math.max(low, Number(text)));
}

export function flagOf(element: XmlElement, attribute: string, otherwise: boolean): boolean {
  const text = element.attributes[attribute]?.toLowerCase();
  return text === 'true' ? true : text === 'false' ? false : otherwise;
}

export function warn(context: Context, code: number, text: string): void {
  const place = context.documentUrl === null ? {} : { url: context.documentUrl, method: context.documentMethod };
  notify(context.world, { callSid: context.call.sid, code, level: 'warning', text, ...place });
}

/** Goes on with the document at a URL of the current one; an address that cannot be read is an error of the document. */
export function goTo(context: Context, href: string, method: HttpMethod, params: Params = {}): Next {
  const url = resolveUrl(context, href) ?? href;
  return { kind: 'document', source: { kind: 'url', url, method }, params };
}
