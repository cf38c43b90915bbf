/** Live figures of a campaign for the wallboard. Rates are null where nothing was counted yet. */
import { z } from 'zod';
import type { CampaignLive, Dialer } from '../dialer.ts';
import { DialerError } from '../errors.ts';
import type { Clock, PacingStore, Reading } from '../ports.ts';
import { ABANDON_WINDOW_MS, courseOf, courseTimes } from '../rules/course.ts';
import type { CampaignCache } from './campaign-cache.ts';
import { startOfDay } from './day.ts';

const HOUR_MS = 3_600_000;
const COURSE_MS = 30 * 60_000;
const COURSE_STEP_MS = 60_000;
/** The long window moves slowly: counted anew only so often. */
const WINDOW_FRESH_MS = 30_000;
/** Counting a long list takes longer than all the rest, and a wallboard asks every second. */
const CONTACTS_FRESH_MS = 5_000;

const ratio = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);
const sawShape = z.object({ binding: z.string().nullish(), agentsNeeded: z.number().nullish() });

export type Live = Pick<Dialer, 'live' | 'course'>;

export function createLive(parts: { reading: Reading; pacing: PacingStore; cache: CampaignCache; clock: Clock }): Live {
  const { reading, pacing, cache, clock } = parts;
  const windows = new Map<string, { at: number; rate: number | null }>();

  const counted = new Map<string, { at: number; contacts: CampaignLive['contacts'] }>();

  async function contactsOf(campaignId: string, now: number): Promise<CampaignLive['contacts']> {
    const known = counted.get(campaignId);
    if (known !== undefined && now - known.at < CONTACTS_FRESH_MS) return known.contacts;
    const contacts = await reading.contactCounts(campaignId);
    counted.set(campaignId, { at: now, contacts });
    return contacts;
  }

  async function rateSince(campaignId: string, since: number): Promise<number | null> {
    const { presented, abandoned } = await pacing.abandonCounts(campaignId, since);
    return ratio(abandoned, presented);
  }

  async function windowRate(campaignId: string, days: number, now: number): Promise<number | null> {
    const known = windows.get(campaignId);
    if (known !== undefined && now - known.at < WINDOW_FRESH_MS) return known.rate;
    const rate = await rateSince(campaignId, now - days * 24 * HOUR_MS);
    windows.set(campaignId, { at: now, rate });
    return rate;
  }

  return {
    async course(campaignId) {
      const now = clock.now();
      const times = courseTimes(now, COURSE_MS, COURSE_STEP_MS);
      const { stretches, calls } = await reading.course(campaignId, now - COURSE_MS - ABANDON_WINDOW_MS, now);
      return courseOf(stretches, calls, times);
    },

    async live(campaignId) {
      const campaign = await cache.get(campaignId);
      if (campaign === null) throw new DialerError('campaign-unknown', 'There is no such campaign.');
      const now = clock.now();
      const { pacing: settings } = campaign.settings;
      const [figures, contacts, hour, window] = await Promise.all([
        reading.live(campaignId, startOfDay(now, campaign.timeZone), now),
        contactsOf(campaignId, now),
        rateSince(campaignId, now - HOUR_MS),
        windowRate(campaignId, settings.abandonWindowDays, now),
      ]);
      const { today, time, decision } = figures;
      const count = (test: (agent: CampaignLive['agents'][number]) => boolean): number =>
        figures.agents.filter(test).length;
      const doing = (activity: string): number =>
        count((agent) => agent.presence === 'signed-in' && agent.activity === activity);
      const saw = sawShape.safeParse(decision?.saw);
      return {
        campaignId,
        name: campaign.name,
        state: campaign.state,
        at: now,
        mode: settings.mode,
        agents: figures.agents,
        byState: {
          ready: doing('ready'),
          reserved: doing('reserved'),
          ringing: doing('ringing'),
          talking: doing('talking'),
          wrapUp: doing('wrap-up'),
          onBreak: count((agent) => agent.presence === 'on-break'),
          signedOut: count((agent) => agent.presence === 'signed-out'),
        },
        lines: { ...figures.lines, max: settings.maxLines },
        band: settings.band,
        talkUtilization: {
          lastHalfHour: ratio(time.lastHalfHour.talkMs, time.lastHalfHour.signedInMs),
          today: ratio(time.today.talkMs, time.today.signedInMs),
        },
        occupancy: { today: ratio(time.today.talkMs + time.today.wrapUpMs, time.today.signedInMs) },
        cap: settings.maxAbandonRate,
        abandonRate: {
          hour,
          today: ratio(today.abandoned, figures.presentedToday),
          window,
          windowDays: settings.abandonWindowDays,
        },
        today,
        contacts,
        pacing:
          decision === null
            ? null
            : {
                at: decision.at,
                placed: decision.placed,
                why: decision.why,
                binding: saw.success ? (saw.data.binding ?? null) : null,
                agentsNeeded: saw.success ? (saw.data.agentsNeeded ?? null) : null,
              },
      };
    },
  };
}
