/**
 * The pacing's reason in the reader's language. The live figures carry the reason as a code with its figures where the
 * server sends one; the English sentence of the decision is the fallback.
 */
import type { PacingReason } from '../../../../dialer/index.ts';
import type { Format } from '../../i18n/format.ts';
import type { wallboard } from '../../i18n/wallboard/index.ts';

type Words = (typeof wallboard)['en']['why'];

function isReason(value: unknown): value is PacingReason {
  return typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string';
}

export function pacingWhy(pacing: { why: string; reason?: unknown }, t: Words, format: Format): string {
  const { reason } = pacing;
  if (!isReason(reason)) return pacing.why;
  const n = format.number;
  const share = (value: number) => format.percent(value);
  switch (reason.code) {
    case 'no-agents':
      return t['no-agents'];
    case 'lines-full':
      return t['lines-full'](n(reason.lines));
    case 'calls-per-second':
      return t['calls-per-second'](n(reason.limit));
    case 'progressive':
      return t.progressive(n(reason.ready), n(reason.inFlight));
    case 'ratio':
      return t.ratio(n(reason.ratio), n(reason.ready), n(reason.inFlight));
    case 'placing':
    case 'placing-borne':
      return t[reason.code](
        n(reason.calls),
        share(reason.chanceNobody),
        share(reason.limit),
        n(reason.ready),
        n(reason.inFlight),
      );
    case 'waiting':
      return t.waiting(share(reason.chanceNobody), share(reason.limit), n(reason.ready), n(reason.inFlight));
    case 'may-return':
      return t['may-return'](share(reason.chanceNobody), share(reason.limit), n(reason.ready), n(reason.inFlight));
    case 'first-calls':
      return t['first-calls'](n(reason.ready), n(reason.inFlight));
    case 'sure-calls':
      return t['sure-calls'](n(reason.ready), n(reason.inFlight));
    case 'cap-reached':
      return t['cap-reached'](n(reason.abandoned), n(reason.answered), share(reason.cap), t.held[reason.hold]);
    case 'band-reached':
      return t['band-reached'](share(reason.utilization), share(reason.aim));
    case 'band-rest':
      return t['band-rest'](share(reason.utilization), share(reason.top), n(reason.resting));
    default:
      return pacing.why;
  }
}
