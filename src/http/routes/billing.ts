/** The feed of clients' billing systems. */
import type { billingRoutes } from '../../contract/billing.ts';
import type { SignedIn } from '../auth.ts';
import { csvLine } from '../csv.ts';
import type { Handlers } from '../handler.ts';
import type { Services } from '../services.ts';

type Entry = Awaited<ReturnType<Services['quality']['billing']['file']>>['entries'][number];
const iso = (at: number | null): string => (at === null ? '' : new Date(at).toISOString());

const columns = [
  ...['seq', 'id', 'at', 'sale', 'attempt', 'campaign'],
  ...['change', 'bill from', 'trial ends', 'reason', 'options'],
  ...['recording', 'confirmation attempt', 'confirmation recording'],
  ...['offer', 'offer version', 'offer name', 'offer name zh', 'offer terms', 'offer terms zh', 'exception'],
];
const offerCells = (offer: Entry['offer']): (string | number)[] =>
  offer === null
    ? ['', '', '', '', '', '', '']
    : [
        ...[offer.id, offer.version, offer.name.en, offer.name.zh, offer.text.en, offer.text.zh],
        offer.exceptionId ?? '',
      ];
const head = csvLine(columns);
const linesOf = (entries: readonly Entry[]): string =>
  entries
    .map((one) =>
      csvLine([
        ...[one.seq, one.id, iso(one.at), one.saleId, one.attemptId, one.campaignId, one.change],
        ...[iso(one.billFrom), iso(one.trialEndsAt), one.reason, one.options.join(' ')],
        ...[one.recordingId, one.confirmation?.attemptId, one.confirmation?.recordingId].map((id) => id ?? ''),
        ...offerCells(one.offer),
      ]),
    )
    .join('');
const csvOf = (entries: readonly Entry[]): string => head + linesOf(entries);

export function billingHandlers({
  quality: { billing },
  audit,
  longJobs,
}: Services): Handlers<keyof typeof billingRoutes> {
  /** Each entry is read twice, to be signed and to be written: so many steps has the file. */
  const whole = async (viewer: SignedIn, clientId: string, after: number) => {
    const feed = (await billing.feeds(viewer)).find((one) => one.clientId === clientId);
    const total = 2 * Math.max(0, (feed?.lastSeq ?? 0) - after);
    const about = {
      kind: 'billing-file',
      subjectId: clientId,
      about: feed?.clientName ?? '',
      userId: viewer.userId,
      total,
    };
    const { value, body } = await longJobs.file(
      about,
      (signed) => billing.whole(viewer, clientId, after, { head, lines: linesOf }, signed),
      (file) => file.body,
    );
    return { ...value, body };
  };
  return {
    'GET /api/billing/feeds': async ({ viewer }) => ({ items: await billing.feeds(viewer) }),
    'GET /api/billing/feeds/:id/entries': async ({ params, query, viewer }) => {
      const { after, limit, format } = query;
      const file =
        format === 'csv' && limit === undefined
          ? await whole(viewer, params.id, after)
          : await billing.file(viewer, params.id, { after, limit: limit ?? 1000 }, format === 'csv' ? csvOf : null);
      await audit
        .record({
          ...{ actorId: viewer.userId, action: 'exported', subjectType: 'billing-feed', subjectId: params.id },
          detail: { after, upTo: file.cursor, format },
        })
        .catch((error: unknown) => {
          // Nobody will take it: its long job would beat for ever.
          if (typeof file.body !== 'string') file.body.destroy();
          throw error;
        });
      return {
        type: format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8',
        headers: { 'fairline-signature': file.signature, 'fairline-cursor': String(file.cursor) },
        body: file.body,
      };
    },
    'PUT /api/billing/feeds/:id': async ({ params, body, viewer }) => {
      const feed = await billing.setEndpoint(viewer, params.id, body.endpoint);
      const about = { actorId: viewer.userId, subjectType: 'billing-feed', subjectId: params.id };
      await audit.record({ ...about, action: 'billing-endpoint-set', detail: { sends: body.endpoint !== null } });
      return feed;
    },
    'POST /api/billing/feeds/:id/secret': async ({ params, viewer }) => {
      const told = await billing.renewSecret(viewer, params.id);
      const about = { actorId: viewer.userId, subjectType: 'billing-feed', subjectId: params.id };
      await audit.record({ ...about, action: 'billing-secret-renewed' });
      return told;
    },
  };
}
