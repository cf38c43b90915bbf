/** What is done to the legs in a standing conference: hold, moving from room to room, guests. */
import type { ActResult, Carrier, PlaceResult } from '../../ports/carrier.ts';
import type { WebhookUrls } from './account.ts';
import type { TwilioClient } from './twilio-client.ts';
import { failureOf } from './twilio-failures.ts';

export type RoomActs = Pick<
  Carrier,
  'hold' | 'moveAgentLeg' | 'inviteGuest' | 'inviteListener' | 'seatListener' | 'leaveRoomTo'
>;

type Parts = {
  client: TwilioClient;
  urls: WebhookUrls;
  act(request: () => Promise<unknown>): Promise<ActResult>;
  place(create: () => Promise<{ sid: string; queueTime: string }>): Promise<PlaceResult>;
};

/** Rooms whose id is remembered; the oldest are forgotten. */
const REMEMBERED = 2_000;

export function createRoomActs({ client, urls, act, place }: Parts): RoomActs {
  /** Conference ids by the rooms' names. A name that was emptied and filled again has a new id. */
  const sids = new Map<string, string>();

  async function look(room: string): Promise<string> {
    const rooms = await client.conferences.list({ friendlyName: room, limit: 20 });
    const live = rooms.find(({ status }) => status !== 'completed');
    if (live === undefined) throw Object.assign(new Error('there is no such room'), { status: 404, code: 20404 });
    if (sids.size >= REMEMBERED) for (const oldest of [...sids.keys()].slice(0, 1)) sids.delete(oldest);
    sids.set(room, live.sid);
    return live.sid;
  }

  type Change = Parameters<ReturnType<ReturnType<typeof client.conferences>['participants']>['update']>[0];

  /** A remembered room may be another one by now: then it is looked up once more before the leg counts as gone. */
  async function change(room: string, legId: string, to: Change): Promise<void> {
    const known = sids.get(room);
    if (known !== undefined) {
      try {
        await client.conferences(known).participants(legId).update(to);
        return;
      } catch (error) {
        if (failureOf(error).status !== 404) throw error;
        sids.delete(room);
      }
    }
    await client
      .conferences(await look(room))
      .participants(legId)
      .update(to);
  }

  return {
    // Without a HoldUrl the carrier plays its own music.
    hold: (room, carrierCallId, on) => act(() => change(room, carrierCallId, { hold: on })),

    moveAgentLeg: (legId, userId, to) =>
      act(() =>
        client
          .calls(legId)
          .update({ url: to === 'own-room' ? urls.agentLeg(userId) : urls.helperLeg(userId), method: 'POST' }),
      ),

    inviteGuest: ({ attemptId, room, to, from, ringTimeoutMs }) =>
      place(async () => {
        // The path takes the room's name. With early media the agent hears the ringing.
        const guest = await client.conferences(room).participants.create({
          to,
          from,
          label: `guest-${attemptId}`,
          earlyMedia: true,
          beep: 'false',
          endConferenceOnExit: false,
          timeout: Math.ceil(ringTimeoutMs / 1000),
          jitterBufferSize: 'small',
          statusCallback: urls.guestStatus(attemptId),
          statusCallbackEvent: ['answered', 'completed'],
        });
        return { sid: guest.callSid, queueTime: guest.queueTime };
      }),

    inviteListener: ({ listeningId, room, to, from, muted, coach }) =>
      place(async () => {
        const leg = await client.conferences(room).participants.create({
          to,
          from,
          label: `listener-${listeningId}`,
          // Not before they have picked up: nobody in the room shall hear a supervisor's telephone ring.
          earlyMedia: false,
          beep: 'false',
          startConferenceOnEnter: false,
          endConferenceOnExit: false,
          muted,
          timeout: 30,
          jitterBufferSize: 'small',
          ...(coach === null ? {} : { coaching: true, callSidToCoach: coach }),
          statusCallback: urls.listenerStatus(listeningId),
          statusCallbackEvent: ['answered', 'completed'],
        });
        return { sid: leg.callSid, queueTime: leg.queueTime };
      }),

    seatListener: (room, legId, { muted, coach }) =>
      act(() =>
        change(
          room,
          legId,
          coach === null ? { muted, coaching: false } : { muted, coaching: true, callSidToCoach: coach },
        ),
      ),

    leaveRoomTo: (room, leaving, staying) =>
      act(async () => {
        for (const legId of staying) await change(room, legId, { endConferenceOnExit: true, hold: false });
        await change(room, leaving, { endConferenceOnExit: false });
      }),
  };
}
