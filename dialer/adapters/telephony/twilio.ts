/** A Twilio-compatible carrier through the official package. The sandbox and a paid account are the same code. */
import type { ActResult, Carrier, CarrierCall, PlaceResult } from '../../ports/carrier.ts';
import { type CarrierAccount, underBase, webhookUrls } from './account.ts';
import { download } from './media.ts';
import { createTwilioClient } from './twilio-client.ts';
import { actFailure, ask, failureOf, placeFailure } from './twilio-failures.ts';
import { createRoomActs } from './twilio-rooms.ts';
import { detectionOf, endOf } from './twilio-signals.ts';
import { lengthOf, type Moment, msOf } from './twilio-times.ts';

/** A hang-up or redirect that failed for the carrier's reasons is tried again so often. */
const ACT_TRIES = 3;
const ACT_PAUSE_MS = 250;
const LIST_LIMIT = 1000;
const LIVE = ['queued', 'ringing', 'in-progress'] as const;

type Resource = {
  sid: string;
  to: string;
  from: string;
  status: string;
  startTime: Moment;
  endTime: Moment;
  dateCreated: Moment;
  duration: string | null;
  answeredBy: string | null;
};

export function createTwilioCarrier(account: CarrierAccount): Carrier {
  const client = createTwilioClient(account);
  const urls = webhookUrls(account);

  async function place(create: () => Promise<{ sid: string; queueTime: string }>): Promise<PlaceResult> {
    try {
      const call = await create();
      const queueMs = Number(call.queueTime ?? 0);
      return { kind: 'accepted', carrierCallId: call.sid, queueMs: Number.isFinite(queueMs) ? queueMs : 0 };
    } catch (error) {
      return placeFailure(failureOf(error));
    }
  }

  /** Hanging up and redirecting can be repeated: the second does what the first would have done. */
  async function act(request: () => Promise<unknown>): Promise<ActResult> {
    for (let tries = 1; ; tries += 1) {
      try {
        await request();
        return { kind: 'done' };
      } catch (error) {
        const result = actFailure(failureOf(error));
        if (result.kind !== 'failed' || !result.retryable || tries >= ACT_TRIES) return result;
        await new Promise((resolve) => setTimeout(resolve, ACT_PAUSE_MS * tries));
      }
    }
  }

  return {
    isSandbox: account.isSandbox,
    customerChannel: 'first',

    placeCustomerCall: ({ attemptId, to, from, ringTimeoutMs, maxTalkMs, machineDetection }) =>
      place(() =>
        client.calls.create({
          to,
          from,
          url: urls.customer(attemptId),
          statusCallback: urls.status(attemptId),
          // With detection first a person counts as having answered when recognised, which the document's request says.
          statusCallbackEvent:
            machineDetection === 'first'
              ? ['initiated', 'ringing', 'completed']
              : ['initiated', 'ringing', 'answered', 'completed'],
          timeout: Math.ceil(ringTimeoutMs / 1000),
          timeLimit: Math.ceil(maxTalkMs / 1000),
          record: true,
          recordingChannels: 'dual',
          recordingStatusCallback: urls.recording(attemptId),
          recordingStatusCallbackEvent: ['completed', 'absent'],
          trim: 'do-not-trim',
          ...(machineDetection === 'off' ? {} : { machineDetection: 'Enable' }),
          ...(machineDetection === 'beside' ? { asyncAmd: 'true', asyncAmdStatusCallback: urls.amd(attemptId) } : {}),
        }),
      ),

    placeAgentLeg: ({ userId, address, from }) =>
      place(() =>
        client.calls.create({
          to: address,
          from,
          url: urls.agentLeg(userId),
          statusCallback: urls.agentStatus(userId),
          statusCallbackEvent: ['completed'],
          timeLimit: 24 * 3600,
        }),
      ),

    hangUp: (carrierCallId) => act(() => client.calls(carrierCallId).update({ status: 'completed' })),
    presentAgain: (carrierCallId, attemptId) =>
      act(() => client.calls(carrierCallId).update({ url: urls.customer(attemptId), method: 'POST' })),

    ...createRoomActs({ client, urls, act, place }),

    async call(carrierCallId) {
      const asked = await ask(() => client.calls(carrierCallId).fetch());
      if (asked.kind === 'ok') return { kind: 'ok', value: toCall(asked.value) };
      return asked.cause === 'status-404' ? { kind: 'ok', value: null } : asked;
    },

    callsTo: (number, since) =>
      ask(async () => {
        // Not filtered by start time: a call that is still queued has none.
        const calls = await client.calls.list({ to: number, limit: 20 });
        return calls.filter((call) => bornAt(call) >= since).map(toCall);
      }),

    liveCalls: () =>
      ask(async () => {
        const lists = await Promise.all(LIVE.map((status) => client.calls.list({ status, limit: LIST_LIMIT })));
        return lists.flat().map(toCall);
      }),

    room: (name) =>
      ask(async () => {
        const rooms = await client.conferences.list({ friendlyName: name, limit: 20 });
        const live = rooms.find((room) => room.status !== 'completed');
        if (live === undefined) return null;
        const participants = await client.conferences(live.sid).participants.list({ limit: 250 });
        return {
          name,
          participants: participants.map(({ callSid, label }) => ({ carrierCallId: callSid, label: label ?? '' })),
        };
      }),

    recordingsOf: (carrierCallId) =>
      ask(async () => {
        const found = await client.calls(carrierCallId).recordings.list({ limit: 20 });
        return found
          .filter(({ status }) => status === 'completed')
          .map(({ sid, uri, duration, channels }) => ({
            recordingId: sid,
            url: underBase(account, uri.replace(/\.json$/, '')),
            durationMs: Number.isFinite(Number(duration)) ? Number(duration) * 1000 : null,
            channels: channels ?? null,
          }));
      }),

    download: (url) => download(account, url),
  };
}

/** A call without a time that can be read may be a new one: it counts as new. */
const bornAt = (call: Resource): number => msOf(call.dateCreated ?? call.startTime) ?? Number.POSITIVE_INFINITY;

function toCall(call: Resource): CarrierCall {
  const end = endOf(call.status);
  const going = LIVE.find((status) => status === call.status);
  return {
    carrierCallId: call.sid,
    to: call.to,
    from: call.from,
    end,
    status: end === null ? (going ?? 'unknown') : 'over',
    startedAt: msOf(call.startTime),
    lastedMs: end === null ? null : lengthOf(call.duration ?? ''),
    endedAt: end === null ? null : msOf(call.endTime),
    detection: detectionOf(call.answeredBy ?? ''),
  };
}
