/**
 * Texts to customers and their replies. The row is the intent and holds what is due, so a restart forgets nothing; what the carrier
 * may have taken is looked for there before it is sent again, so nobody gets the same text twice.
 */
import type { BlacklistCommands, TextRequests } from '../dialer.ts';
import type { HandoffToQuality } from '../events.ts';
import type { CarrierMessage, Clock, Logger, TextCarrier, TextRow, TextStore } from '../ports.ts';
import { nextCallingTime } from '../rules/calling-window.ts';
import { fillText, LONGEST_TEXT, textSettings } from '../rules/text.ts';
import { ANSWER_MS, decideText, type TextHappening, type TextSignal } from '../rules/text-life.ts';
import type { Background } from './background.ts';
import type { CampaignCache } from './campaign-cache.ts';
import { createReplies } from './texts/replies.ts';

const BATCH = 20;
const MAX_RACES = 25;
/** The carrier's clock and ours may differ by this. */
const CLOCKS_MS = 60_000;

type Message<K extends CarrierMessage['kind']> = Extract<CarrierMessage, { kind: K }>;

export type Texts = TextRequests & {
  /** Works on what is due; answers how many rows it looked at. */
  work(): Promise<number>;
  status(message: Message<'text-status'>): Promise<void>;
  received(message: Message<'text-received'>): Promise<void>;
};

type TextParts = {
  store: TextStore;
  carrier: TextCarrier;
  isSandbox: boolean;
  blacklist: Pick<BlacklistCommands, 'add'>;
  cache: CampaignCache;
  clock: Clock;
  logger: Logger;
  background: Background;
};

export function createTexts({
  store,
  carrier,
  isSandbox,
  blacklist,
  cache,
  clock,
  logger,
  background,
}: TextParts): Texts {
  /** Numbers of ours whose replies come here, as far as this process has asked. */
  const receiving = new Set<string>();

  const settingsOf = async (campaignId: string) =>
    (await cache.get(campaignId))?.settings.texts ?? textSettings.parse({});

  /** Decides on the row and writes it; null when it is gone. The row as it stands then. */
  async function signal(found: TextRow, given: TextSignal): Promise<TextRow | null> {
    let row: TextRow | null = found;
    for (let race = 0; race < MAX_RACES && row !== null; race += 1) {
      const { life, happened } = decideText(row, given, clock.now());
      if (life === row && happened === null) return row;
      const failure = happened?.kind === 'failed' ? happened.why : null;
      const saved = await store.save(row, life, failure, clock.now(), handoffOf(row, happened));
      if (saved) return { ...row, ...life, version: row.version + 1 };
      row = await store.byId(row.textId);
    }
    return row;
  }

  /** The last look before the carrier is asked, as before a call. */
  async function obstacle(row: TextRow, demo: boolean): Promise<string | null> {
    if (demo && !isSandbox) return 'demo-only-on-sandbox';
    if (row.body.length > LONGEST_TEXT) return 'too-long';
    return (await store.forbidden(row, clock.now())) ? 'on-blacklist' : null;
  }

  /** Texts keep the campaign's calling hours, in the recipient's zone: the first moment from `now` on; null: never. */
  async function openingFor(row: TextRow, now: number): Promise<number | null> {
    const [campaign, recipient] = await Promise.all([cache.get(row.campaignId), store.recipient(row.attemptId)]);
    if (campaign === null || recipient === null) return null;
    return nextCallingTime(campaign.settings.calling, recipient.calendar, recipient.timeZone, now);
  }

  async function send(row: TextRow): Promise<void> {
    const campaign = await cache.get(row.campaignId);
    const code = campaign === null ? 'campaign-unknown' : await obstacle(row, campaign.demo);
    if (code !== null) {
      await signal(row, { kind: 'refused', code });
      return;
    }
    const now = clock.now();
    const opening = await openingFor(row, now);
    if (opening !== now) {
      await signal(row, { kind: 'outside-hours', until: opening });
      return;
    }
    if (row.origin.kind === 'terms') await receiveReplies(row.sender);
    const asking = await signal(row, { kind: 'asking' });
    // Another process has it, or its time is over.
    if (asking === null || asking.state !== 'sending' || asking.version !== row.version + 1) return;
    const { textId, number: to, sender: from, body } = row;
    const result = await carrier.sendText({ textId, to, from, body });
    await signal(asking, result.kind === 'uncertain' ? { kind: 'doubtful' } : result);
  }

  async function receiveReplies(ours: string): Promise<void> {
    if (receiving.has(ours)) return;
    const asked = await carrier.receiveReplies(ours);
    if (asked.kind === 'ok' && asked.value === 'here') receiving.add(ours);
    else
      logger.warn(
        { why: asked.kind === 'ok' ? asked.value : asked.cause },
        'replies to a sender of texts do not come here',
      );
  }

  /** Whether the carrier took it is not known: its own list says so. Texts of ours that are known are not it. */
  async function reconcile(row: TextRow): Promise<void> {
    const asked = await carrier.textsTo(row.number, (row.askedAt ?? row.createdAt) - CLOCKS_MS);
    if (asked.kind === 'failed') {
      await signal(row, { kind: 'nothing-new' });
      return;
    }
    const like = asked.value.filter(({ body, from }) => body === row.body && from === row.sender);
    const known = await store.knownIds(like.map(({ carrierMessageId }) => carrierMessageId));
    const found = like.find(({ carrierMessageId }) => !known.has(carrierMessageId));
    if (found === undefined) {
      await signal(row, { kind: 'not-found' });
      return;
    }
    const { carrierMessageId, status, code } = found;
    const taken = await signal(row, { kind: 'accepted', carrierMessageId });
    if (taken !== null && status !== 'under-way')
      await signal(taken, { kind: 'status', status, carrierMessageId, code });
  }

  /** Its webhooks stayed away: the carrier is asked. */
  async function ask(row: TextRow): Promise<void> {
    const { carrierMessageId } = row;
    const asked = carrierMessageId === null ? null : await carrier.text(carrierMessageId);
    if (asked === null || carrierMessageId === null || asked.kind === 'failed' || asked.value === null) {
      await signal(row, { kind: 'nothing-new' });
      return;
    }
    const { status, code } = asked.value;
    const told = status === 'under-way' ? row : await signal(row, { kind: 'status', status, carrierMessageId, code });
    // `sent` once more is nothing new: so long after it counts as arrived.
    if (told !== null && told.state === row.state) await signal(told, { kind: 'nothing-new' });
  }

  async function workOn(row: TextRow): Promise<void> {
    switch (row.state) {
      case 'intended':
        return send(row);
      case 'sending': {
        const doubtful = await signal(row, { kind: 'doubtful' });
        if (doubtful?.state === 'uncertain') await reconcile(doubtful);
        return;
      }
      case 'uncertain':
        return reconcile(row);
      case 'accepted':
      case 'sent':
        return ask(row);
      case 'delivered':
      case 'failed':
        return;
    }
  }

  async function work(): Promise<number> {
    const now = clock.now();
    const due = await store.claimDue(now, now + ANSWER_MS, BATCH);
    await Promise.all(
      due.map((row) =>
        workOn(row).catch((error: unknown) =>
          logger.error(
            { textId: row.textId, error: error instanceof Error ? error.message : String(error) },
            'a text failed',
          ),
        ),
      ),
    );
    return due.length;
  }

  return {
    work,

    async request({ origin, attemptId, sendUntil }) {
      const facts = await store.facts(attemptId);
      if (facts === null) return; // what never was a call has no customer to write to
      const { campaignId, number, callerId, caller, product, tariff, trialDays } = facts;
      const settings = await settingsOf(campaignId);
      const body = fillText(settings[origin.kind], { caller, product, tariff, days: String(trialDays) });
      const now = clock.now();
      const life = {
        state: 'intended',
        carrierMessageId: null,
        askedAt: null,
        tries: 0,
        sendUntil,
        nextTryAt: now,
      } as const;
      const about = {
        origin,
        campaignId,
        attemptId,
        number,
        sender: settings.sender ?? callerId,
        body,
        createdAt: now,
      };
      if (await store.intend({ ...life, ...about })) background.run('text', work);
    },

    async status({ textId, carrierMessageId, status, code }) {
      const row = await store.byId(textId);
      if (row !== null) await signal(row, { kind: 'status', status, carrierMessageId, code });
    },

    received: createReplies({ store, blacklist, clock, settingsOf }),
  };
}

function handoffOf({ origin }: TextRow, happened: TextHappening | null): HandoffToQuality | undefined {
  switch (happened?.kind) {
    case 'arrived':
      return { topic: 'text-arrived', origin };
    case 'failed':
      return { topic: 'text-failed', origin, why: happened.why };
    case undefined:
      return undefined;
  }
}
