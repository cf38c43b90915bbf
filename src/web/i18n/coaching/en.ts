export const en = {
  followUp: {
    title: 'What follows',
    corrective:
      'A corrective call has been asked for. The sale does not count until it qualifies; follow it on the page of the sale.',
    noSale: 'There is no sale to mend. The agent sees the result and is inspected more closely.',
    toSale: 'Sale and corrective call',
    note: {
      action: 'Write a coaching note',
      hint: 'It is kept with this recording among the notes of the floor patrol, for whoever coaches the agent.',
      label: 'What should be practised?',
    },
    coached: {
      action: 'Coaching was done',
      hint: 'Counts towards the agent’s way back to normal inspection.',
      label: 'What was practised?',
    },
    done: 'Recorded',
  },
};
