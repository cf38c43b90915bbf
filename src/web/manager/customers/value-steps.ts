/** What the thresholds of value are about, in the order in which they are shown. */
export const measures = ['spend', 'tenure', 'services', 'contribution'] as const;
export const valueClasses = ['high', 'middle', 'low', 'group'] as const;
/** Amounts are kept in hundredths and written as people write them. */
export const unit = { spend: 100, tenure: 1, services: 1, contribution: 100 } as const;
export const levels = ['middle', 'high'] as const;
