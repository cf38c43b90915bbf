/** What is read before a customer is given to somebody else. */
import type { BlacklistFact, DialScope } from '../rules/screening.ts';

export type Colleague = { userId: string; name: string; teamId: string | null; teamName: string | null };

export type Transfers = {
  /** Agents who could take a customer of this campaign over now, the longest rested first. */
  freeColleagues(campaignId: string, userId: string): Promise<Colleague[]>;
  /** What the screening of an outside number asks about. */
  numberFacts(
    campaignId: string,
    number: string,
  ): Promise<{ scope: DialScope; blacklist: BlacklistFact[]; inLiveCall: boolean; isOurs: boolean }>;
};
