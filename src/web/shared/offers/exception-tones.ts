import type { OfferException } from '../../../contract/offers.ts';
import type { Tone } from '../page.tsx';

export const exceptionTones: Record<OfferException['state'], Tone> = {
  asked: 'info',
  approved: 'ok',
  declined: 'bad',
  withdrawn: 'plain',
  lapsed: 'plain',
};
