/** What became of the customers with whom a campaign spoke (L5), and of those whom nobody called; down to the single customer. */
import { setImmediate as breathe } from 'node:timers/promises';
import { DialerError } from '../errors.ts';
import type { SegmentRulesStore } from '../ports/segments.ts';
import type { ContactedCustomers, CustomerReading, EffectCampaign, MonthSpan } from '../ports/customers.ts';
import {
  addEffect,
  type Effect,
  type EffectChange,
  type EffectFigures,
  effectOf,
  noFigures,
} from '../rules/customers/effect.ts';
import { daySpan } from '../rules/calendar.ts';
import { type CustomerFacts, monthPlus } from '../rules/customers/month.ts';
import {
  type CustomerKind,
  customerKinds,
  type Kinds,
  kindsBy,
  longestWatch,
  watchMonths,
} from '../rules/customers/watch.ts';
import { startingSet } from '../rules/segments/starting-set.ts';

export const effectGroups = ['spoken-with', 'not-called'] as const;
export type EffectGroup = (typeof effectGroups)[number];

export type EffectOrigin = { month: string; customers: number; strangers: number };
export type EffectSummary = {
  origin: string;
  /** Of the months that are looked at, those of which the client has not told. */
  missing: string[];
  /** Version of the centre's rules of types that said who is watched for how long: the one in force at the end of the origin. */
  rules: number;
  groups: Record<EffectGroup, { kind: CustomerKind; watch: number; figures: EffectFigures }[]>;
};
export type EffectOfCustomer = { customerId: string; number: string; kind: CustomerKind; effect: Effect };
export type EffectQuestion = {
  campaignId: string;
  origin: string;
  group: EffectGroup;
  kind: CustomerKind | null;
  change: EffectChange | null;
};

export type CustomerEffects = {
  /** The months in which the campaign first spoke with somebody, the newest first. @throws DialerError campaign-unknown */
  origins(campaignId: string): Promise<EffectOrigin[]>;
  summary(campaignId: string, origin: string): Promise<EffectSummary>;
  /** The customers behind a figure, in order of their numbers, after the one of this number. */
  behind(question: EffectQuestion, page: { after: string | null; take: number }): Promise<EffectOfCustomer[]>;
};

type Deps = {
  contacted: ContactedCustomers;
  reading: CustomerReading;
  types: Pick<SegmentRulesStore, 'loadAt' | 'timeZone'>;
};
type Ground = { known: ReadonlySet<string>; kinds: Kinds };
const batchSize = 2_000;

export function createCustomerEffects({ contacted, reading, types }: Deps): CustomerEffects {
  const campaignOf = async (campaignId: string): Promise<EffectCampaign> => {
    const campaign = await contacted.campaign(campaignId);
    if (campaign === null) throw new DialerError('campaign-unknown', 'There is no such campaign.');
    return campaign;
  };
  /** What the centre's rules said then, and of which months the client has told: rules that change later change no past month. */
  const groundOf = async (campaign: EffectCampaign, origin: string) => {
    const { centreId } = campaign;
    const [known, zone] = await Promise.all([reading.known(campaign), types.timeZone(centreId)]);
    const version = await types.loadAt(centreId, daySpan(`${monthPlus(origin, 1)}-01`, zone ?? 'UTC').start);
    return { known: new Set(known), kinds: kindsBy(version?.rules ?? startingSet), rules: version?.version ?? 0 };
  };

  /** Batch by batch, so that a million customers are never in memory at once. */
  async function* members(
    campaign: EffectCampaign,
    group: EffectGroup,
    origin: string,
    after: string,
    { lookBack }: Kinds,
  ): AsyncGenerator<CustomerFacts[]> {
    const span = spanOf(origin, lookBack);
    if (group === 'not-called') {
      for await (const batch of reading.each(campaign, span, after)) {
        // Who was no customer yet is nobody to compare with.
        const there = batch.filter(({ months }) => months.some(({ month }) => month === monthPlus(origin, -1)));
        const numbers = there.map(({ number }) => number);
        const called = await contacted.called(campaign, numbers, span.to);
        yield there.filter(({ number }) => !called.has(number));
        await breathe();
      }
      return;
    }
    const people = (await contacted.spokenWith(campaign, origin)).filter(({ number }) => number > after);
    for (let at = 0; at < people.length; at += batchSize) {
      const page = people.slice(at, at + batchSize);
      const facts = await reading.months(
        campaign,
        page.map(({ number }) => number),
        span,
      );
      const known = new Map(facts.map(({ customerId, months }) => [customerId, months]));
      // Of whom the client tells nothing in these months is one of them all the same.
      yield page.map((person) => ({ ...person, months: known.get(person.customerId) ?? [] }));
      await breathe();
    }
  }
  const judged = (facts: CustomerFacts, origin: string, { known, kinds }: Ground): EffectOfCustomer => {
    const kind = kinds.of(facts, origin);
    const effect = effectOf(facts.months, { origin, months: watchMonths[kind] }, known);
    return { customerId: facts.customerId, number: facts.number, kind, effect };
  };

  return {
    origins: async (campaignId) => contacted.origins(await campaignOf(campaignId)),

    async summary(campaignId, origin) {
      const campaign = await campaignOf(campaignId);
      const ground = await groundOf(campaign, origin);
      const figuresOf = async (group: EffectGroup) => {
        const byKind = new Map(customerKinds.map((kind) => [kind, noFigures()]));
        for await (const batch of members(campaign, group, origin, '', ground.kinds))
          for (const facts of batch) {
            const { kind, effect } = judged(facts, origin, ground);
            const figures = byKind.get(kind);
            if (figures !== undefined) addEffect(figures, effect);
          }
        return [...byKind].map(([kind, figures]) => ({ kind, watch: watchMonths[kind], figures }));
      };
      const { lookBack } = ground.kinds;
      const { from, to } = spanOf(origin, lookBack);
      const months = Array.from({ length: lookBack + longestWatch + 1 }, (_, index) => monthPlus(from, index));
      return {
        ...{ origin, rules: ground.rules },
        // The origin itself is not judged.
        missing: months.filter((month) => month <= to && month !== origin && !ground.known.has(month)),
        groups: { 'spoken-with': await figuresOf('spoken-with'), 'not-called': await figuresOf('not-called') },
      };
    },

    async behind({ campaignId, origin, group, kind, change }, { after, take }) {
      const campaign = await campaignOf(campaignId);
      const ground = await groundOf(campaign, origin);
      const found: EffectOfCustomer[] = [];
      for await (const batch of members(campaign, group, origin, after ?? '', ground.kinds)) {
        for (const facts of batch) {
          const one = judged(facts, origin, ground);
          if ((kind === null || one.kind === kind) && (change === null || one.effect.change === change))
            found.push(one);
        }
        if (found.length >= take) break;
      }
      return found.slice(0, take);
    },
  };
}

const spanOf = (origin: string, lookBack: number): MonthSpan => ({
  from: monthPlus(origin, -lookBack),
  to: monthPlus(origin, longestWatch),
});
