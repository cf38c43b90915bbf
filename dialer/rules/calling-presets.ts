/**
 * Rules of places as settings to begin from: what regulators and trade codes ask, as far as campaigns can set it. A preset
 * replaces the parts it names and leaves the rest; it is a starting point to be checked for the place that is called, not
 * legal advice, and nothing looks it up later: from then on the campaign's own settings count.
 */
import { z } from 'zod';
import { callingSettings, campaignSettings, pacingSettings } from './campaign-settings.ts';

export const presetIds = ['china', 'us-federal', 'us-strict', 'uk', 'canada', 'germany', 'australia'] as const;

export const callingPreset = z.object({
  id: z.enum(presetIds),
  /** What of the campaign's settings it sets. */
  change: z
    .object({
      pacing: pacingSettings.pick({ maxAbandonRate: true, abandonWindowDays: true, abandonWithinMs: true }),
      calling: callingSettings,
      limits: campaignSettings.shape.limits.removeDefault(),
      abandonLockHours: z.number().int(),
    })
    .partial(),
  /** Where it is written. */
  sources: z.array(z.url()).min(1),
});
export type CallingPreset = z.infer<typeof callingPreset>;
type Limit = NonNullable<CallingPreset['change']['limits']>[number];

const everyDay = [1, 2, 3, 4, 5, 6, 7];
const mondayToFriday = [1, 2, 3, 4, 5];
const mondayToSaturday = [1, 2, 3, 4, 5, 6];
const hours = (...windows: [days: number[], from: string, to: string][]) => ({
  windows: windows.map(([days, from, to]) => ({ days, from, to })),
  workingDaysOnly: false,
});
const limit = (
  id: string,
  max: number,
  counts: Limit['counts'],
  window: Limit['window'],
  scope: Limit['scope'] = 'number',
): Limit => ({ id, scope, counts, window, max, action: 'defer' });
const gap = limit('gap', 1, 'attempts', { kind: 'rolling-minutes', minutes: 30 });
/** At most 3 % of the calls answered by a person, where nobody came within two seconds. */
const threePercent = (abandonWindowDays: number) => ({
  maxAbandonRate: 0.03,
  abandonWindowDays,
  abandonWithinMs: 2000,
});

export const callingPresets: readonly CallingPreset[] = [
  {
    // The strictest of what Chinese carriers, platforms and the insurance rules of 2013 ask, half an hour inside the hours.
    id: 'china',
    change: {
      calling: hours([everyDay, '09:00', '12:00'], [everyDay, '14:00', '20:30']),
      limits: [
        gap,
        limit('day', 3, 'attempts', { kind: 'calendar-days', days: 1 }),
        limit('spoken', 2, 'conversations', { kind: 'calendar-days', days: 30 }),
      ],
    },
    sources: [
      'https://developer.aliyun.com/ask/650961',
      'http://jjckb.xinhuanet.com/2013-05/05/content_442856.htm',
      'http://yuleonline.com/articleid/24439.html',
    ],
  },
  {
    // TCPA and Telemarketing Sales Rule: hours at the called person's place; no number of calls is named.
    id: 'us-federal',
    change: { calling: hours([everyDay, '08:00', '21:00']), pacing: threePercent(30) },
    sources: ['https://www.ecfr.gov/current/title-47/part-64/section-64.1200'],
  },
  {
    // Hours of Texas, evenings and three calls in 24 hours of Florida, Oklahoma and Maryland.
    id: 'us-strict',
    change: {
      calling: hours([mondayToSaturday, '09:00', '20:00'], [[7], '12:00', '20:00']),
      limits: [gap, limit('24-hours', 3, 'attempts', { kind: 'rolling-minutes', minutes: 24 * 60 }, 'contact')],
      pacing: threePercent(30),
    },
    sources: [
      'http://www.leg.state.fl.us/statutes/index.cfm?App_mode=Display_Statute&URL=0500-0599/0501/Sections/0501.616.html',
      'https://law.justia.com/codes/oklahoma/title-15/section-15-775c-4/',
      'https://tcss.legis.texas.gov/resources/bc/htm/bc.301.htm',
    ],
  },
  {
    // Ofcom's policy of 2016 has no safe share any more; the working rules from before it are still used.
    id: 'uk',
    change: { pacing: threePercent(1), abandonLockHours: 72 },
    sources: [
      'https://www.ofcom.org.uk/consultations-and-statements/category-1/review-of-how-we-use-persistent-misuse-powers',
      'https://www.didcomms.co.uk/call-centres-16-checks-to-ensure-youre-ofcom-compliant/',
    ],
  },
  {
    id: 'canada',
    change: { calling: hours([mondayToFriday, '09:00', '21:30'], [[6, 7], '10:00', '18:00']) },
    sources: ['https://www.northerntel.ca/eng/inside_ntl/donotcalllist/donotcalllist.htm'],
  },
  {
    // The trade's code of honour, by which the Bundesnetzagentur judges.
    id: 'germany',
    change: {
      calling: hours([mondayToFriday, '08:00', '20:00'], [[6], '09:00', '18:00']),
      limits: [
        gap,
        limit('day', 3, 'attempts', { kind: 'calendar-days', days: 1 }),
        limit('week', 15, 'attempts', { kind: 'calendar-days', days: 7 }),
        { ...limit('campaign', 30, 'attempts', { kind: 'ever' }), action: 'finish' },
      ],
    },
    sources: ['https://cc-verband.de/branchenkodex'],
  },
  {
    id: 'australia',
    change: { calling: hours([mondayToFriday, '09:00', '20:00'], [[6], '09:00', '17:00']) },
    sources: ['https://packleader.net.au/topic/calling-times/'],
  },
];
