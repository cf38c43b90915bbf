export const en = {
  title: 'Pacing, foretold and counted',
  intro:
    'Before each call the pacing works out the chance that it, if answered, finds nobody. Here is what came of it: in a well calibrated row as many found nobody as were expected.',
  campaign: 'Campaign',
  days: 'Last days',
  daysUnit: 'days',
  none: 'No foretold call was answered yet',
  noneHint: 'Rows appear once the campaign has dialled predictively.',
  noCampaign: 'No campaign yet',
  columns: {
    foretold: 'Foretold chance',
    calls: 'Answered calls',
    expected: 'Expected to find nobody',
    counted: 'Found nobody',
    share: 'Counted share',
    likely: 'Usual range',
  },
  upTo: (share: string) => `up to ${share}`,
  between: (low: string, high: string) => `${low} to ${high}`,
  calls: (low: string, high: string) => `${low} to ${high}`,
  all: 'All',
  verdict: {
    few: 'Too few answered calls to judge.',
    fits: 'What was counted fits what was foretold.',
    more: 'More found nobody than foretold. The pacing has learnt this factor and allows for it.',
    fewer: 'Fewer found nobody than foretold: the pacing was more careful than needed.',
  },
  reaction: (decisions: string, middle: string, late: string) =>
    `From an agent becoming ready or a call ending to the next calls: half within ${middle} ms, 95% within ${late} ms (${decisions} decisions, the product’s clock).`,
};
