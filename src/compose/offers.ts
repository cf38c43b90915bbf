/** A campaign's offers with their adapters. */
import { offerUses } from '../../qa/adapters/store/offer-uses.ts';
import { exceptionReads } from '../../qa/adapters/store/exception-reads.ts';
import { offerStore } from '../../qa/adapters/store/offers.ts';
import { peopleNamed } from '../../qa/adapters/store/people.ts';
import { createOffers, type Offers, type QualityStore } from '../../qa/index.ts';
import type { PrismaClient } from '../../prisma/generated/client.ts';
import type { Clock } from '../platform/clock.ts';

export function composeOffers(client: PrismaClient, work: QualityStore, clock: Pick<Clock, 'now'>): Offers {
  const names = (ids: Iterable<string | null>) => peopleNamed(client, ids);
  return createOffers({
    ...{ store: offerStore(client), uses: offerUses(client), exceptions: exceptionReads(client) },
    ...{ work, names, clock },
  });
}
