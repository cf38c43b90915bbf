/** The feed of a client's billing system. */
export const en = {
  intro:
    'What became valid, billable, withheld, void, cancelled or extended, numbered for each client. Nothing is told twice under two numbers.',
  none: 'No client has a feed yet',
  noneHint: 'A feed begins with the first sale that is decided.',
  entries: 'Entries',
  delivered: 'Taken by the endpoint',
  endpoint: 'Endpoint (HTTPS); empty: the client fetches',
  file: 'The feed as CSV',
  secret: 'New secret',
  secretTitle: 'The new secret',
  secretHint: 'Told this once. From now on everything is signed with it; the old one is void.',
  deliveries: 'Messages to the endpoint',
  noDeliveries: 'Nothing was sent',
  columns: {
    entries: 'Entries',
    state: 'State',
    tries: 'Tries',
    created: 'Made',
    done: 'Taken / next try',
    error: 'Last error',
  },
  states: { waiting: 'Waiting', delivered: 'Taken' },
};
