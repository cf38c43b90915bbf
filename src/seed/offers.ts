/** The demonstration's offers: one that agents give by themselves, and one that has to be asked for. */
import { type OfferTerms, offerTerms } from '../../qa/index.ts';

const exceptions = {
  approvers: ['lead', 'manager'],
  ...{ withinHours: 4, office: { from: '09:00', to: '18:00' }, holdsDays: 3 },
};
const everybody = { teamIds: [], levels: ['normal', 'tightened'] };

export const demoOffers = (from: string): OfferTerms[] =>
  [
    {
      name: { en: 'Half price for a year', zh: '首年半价' },
      text: {
        en: 'After the free trial the first twelve months cost half of the tariff; from the thirteenth month on the tariff holds.',
        zh: '免费体验结束后，前十二个月资费减半，第十三个月起恢复标准资费。',
      },
      mayUse: { agents: true, ...everybody },
      limit: { count: 20, of: 'agent', per: 'month' },
    },
    {
      name: { en: 'A second device for free', zh: '赠送第二台设备' },
      text: {
        en: 'One more device is protected for as long as the subscription runs, without a charge.',
        zh: '订购期间免费多保护一台设备。',
      },
      mayUse: { agents: false, ...everybody },
      limit: null,
    },
  ].map((offer) => offerTerms.parse({ ...offer, from, until: null, customers: null, exceptions }));
