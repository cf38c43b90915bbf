/** The keys of a desk, and how they are changed. */
export const en = {
  title: 'Keys',
  hint: 'Choose “Change”, then press the new key. Kept in this browser.',
  change: 'Change',
  press: 'Press a key …',
  reset: 'Back to the usual keys',
  taken: (action: string) => `Already used for “${action}”`,
  single: 'Single letters and digits work only outside of text fields.',
};
