export const en = {
  title: 'Pacing check: forecast and outcome',
  intro:
    'Before each call the pacing forecasts the chance that no agent is free if it is answered. This is what came of it: in a well calibrated row, as many calls found no agent as expected.',
  campaign: 'Campaign',
  days: 'Last days',
  daysUnit: 'days',
  none: 'No forecast call has been answered yet',
  noneHint: 'Rows appear once the campaign has dialled predictively.',
  noCampaign: 'No campaign yet',
  columns: {
    foretold: 'Forecast chance',
    calls: 'Answered calls',
    expected: 'Expected without an agent',
    counted: 'Without an agent',
    share: 'Actual share',
    likely: 'Usual range',
  },
  upTo: (share: string) => `up to ${share}`,
  between: (low: string, high: string) => `${low} to ${high}`,
  calls: (low: string, high: string) => `${low} to ${high}`,
  all: 'All',
  verdict: {
    few: 'Too few answered calls to judge.',
    fits: 'The outcome fits the forecast.',
    more: 'More calls found no agent than forecast. The pacing has learnt this factor and allows for it.',
    fewer: 'Fewer calls found no agent than forecast: the pacing was more careful than needed.',
  },
  reaction: (decisions: string, middle: string, late: string) =>
    `From an agent becoming ready or a call ending to the next calls: half within ${middle} ms, 95% within ${late} ms (decisions: ${decisions}, by the product’s clock).`,
};
