import type { Callback } from '../calls/call.ts';
import { fetchDocument } from '../twiml/fetch-document.ts';
import { playMs } from '../twiml/play-length.ts';
import { sayMs } from '../twiml/speech.ts';
import type { XmlElement } from '../twiml/xml.ts';
import { elementsOf, textOf } from '../twiml/xml.ts';
import { notify } from '../webhooks/notify.ts';
import type { World } from '../world.ts';
import type { Conference } from './conference.ts';
import { fireConference } from './conference-callbacks.ts';

/** Where a sound's length is not known. */
const UNKNOWN_MS = 3_000;

/** How long the Say, Play and Pause of a document take. */
async function soundsMs(world: World, root: XmlElement): Promise<number> {
  let ms = 0;
  for (const element of elementsOf(root)) {
    if (element.name === 'Say') ms += sayMs(textOf(element));
    if (element.name === 'Play') ms += (await playMs(world, textOf(element).trim())) ?? UNKNOWN_MS;
    if (element.name === 'Pause') ms += Number(element.attributes.length ?? 1) * 1_000;
  }
  return ms;
}

/** Plays a document to a room or one leg in it and tells of its end. */
export function announce(world: World, conference: Conference, from: Callback, callSid: string | null): void {
  const more: Record<string, string> = callSid === null ? {} : { CallSid: callSid };
  const params = { ConferenceSid: conference.sid, FriendlyName: conference.name, ...more };
  const run = async () => {
    const fetched = await fetchDocument(world, { kind: 'url', ...from }, params);
    const reason = { ...more, AnnounceUrl: from.url };
    if (fetched.ok) {
      const ms = await soundsMs(world, fetched.root);
      world.clock.after(ms, () => fireConference(world, conference, 'announcement-end', reason));
      return;
    }
    notify(world, { callSid, code: fetched.code, level: 'error', text: fetched.message, ...from, params });
    const failure = { ReasonAnnouncementFailed: fetched.message, AnnouncementErrorCode: String(fetched.code) };
    fireConference(world, conference, 'announcement-fail', { ...reason, ...failure });
  };
  void run();
}
