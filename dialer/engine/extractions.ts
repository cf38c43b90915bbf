/** Customers of a type handed to a campaign as contacts: foreseen, then done once and for good. */
import type { Actor } from '../dialer.ts';
import { DialerError } from '../errors.ts';
import type { ExtractionCampaign, ExtractionRow, ExtractionSource, ExtractionStore } from '../ports/extractions.ts';
import { chooseCustomers, type Extracted } from '../rules/segments/extract.ts';
import type { SegmentCommands } from './segments.ts';

export type ExtractionWish = { campaignId: string; teamId: string; type: string; limit: number };
export type ExtractionPreview = {
  month: string;
  version: number;
  ofType: number;
  taken: number;
  leftOut: Extracted<never>['leftOut'];
};

export type ExtractionCommands = {
  /** What it would take now. @throws DialerError campaign-unknown, campaign-state, segment-not-sorted */
  preview(wish: ExtractionWish): Promise<ExtractionPreview>;
  /** @throws the same, and extraction-empty where nobody can be handed out */
  extract(wish: ExtractionWish, by: Actor): Promise<ExtractionRow>;
  /** The newest first; `teamId` null: of all teams. */
  list(of: { centreId: string; teamId: string | null }): Promise<ExtractionRow[]>;
};
type Deps = {
  store: ExtractionStore;
  segments: Pick<SegmentCommands, 'runs' | 'version'>;
  clock: { now(): number };
  publish: (event: { type: 'contacts-changed'; campaignId: string }) => void;
};
const shown = 50;

export function createExtractions({ store, segments, clock, publish }: Deps): ExtractionCommands {
  const ready = async (wish: ExtractionWish): Promise<{ campaign: ExtractionCampaign; source: ExtractionSource }> => {
    const campaign = await store.campaign(wish.campaignId);
    if (campaign === null || !campaign.teamIds.includes(wish.teamId))
      throw new DialerError('campaign-unknown', 'There is no such campaign of this team.');
    if (campaign.state === 'finished') throw new DialerError('campaign-state', 'The campaign is over.');
    const run = (await segments.runs(campaign.centreId)).find(({ clientId }) => clientId === campaign.clientId);
    const rules = run && (await segments.version(campaign.centreId, run.version));
    const type = rules?.types.find(({ key }) => key === wish.type);
    if (run === undefined || rules === undefined || type === undefined)
      throw new DialerError('segment-not-sorted', 'The customers have not been sorted into this type.');
    const { month, version } = run;
    return { campaign, source: { runId: run.id, month, version, type, restMonths: rules.restMonths } };
  };

  return {
    async preview(wish) {
      const { campaign, source } = await ready(wish);
      const { month, version } = source;
      const found = await store.candidates(campaign, source, clock.now());
      const { ofType, taken, leftOut } = chooseCustomers(found, wish.limit, month);
      return { month, version, ofType, taken: taken.length, leftOut };
    },
    async extract(wish, by) {
      const { campaign, source } = await ready(wish);
      const about = { teamId: wish.teamId, by: by.userId, now: clock.now() };
      const row = await store.extract(campaign, source, about, (found) =>
        chooseCustomers(found, wish.limit, source.month),
      );
      if (row === null) throw new DialerError('extraction-empty', 'There is nobody who could be handed out.');
      publish({ type: 'contacts-changed', campaignId: campaign.id });
      return row;
    },
    list: (of) => store.list(of, shown),
  };
}
