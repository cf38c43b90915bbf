/** A campaign's offers with their adapters. */
import { offerUses } from '../../qa/adapters/store/offer-uses.ts';
import { offerStore } from '../../qa/adapters/store/offers.ts';
import { peopleNamed } from '../../qa/adapters/store/people.ts';
import { createOffers } from '../../qa/index.ts';
import type { PrismaClient } from '../../prisma/generated/client.ts';
import type { QualityApi } from '../contract/quality.ts';
import type { Clock } from '../platform/clock.ts';

export function composeOffers(client: PrismaClient, clock: Pick<Clock, 'now'>): QualityApi['offers'] {
  const names = (ids: Iterable<string | null>) => peopleNamed(client, ids);
  return createOffers({ store: offerStore(client), uses: offerUses(client), names, clock });
}
