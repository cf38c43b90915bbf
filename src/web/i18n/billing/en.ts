/** The feed of a client's billing system. */
export const en = {
  intro:
    'What became valid, billable, withheld, void, cancelled or extended, numbered for each client. Nothing is sent twice under two numbers.',
  none: 'No client has a feed yet',
  noneHint: 'A feed begins with the first sale that is decided.',
  entries: 'Entries',
  delivered: 'Accepted by the endpoint',
  endpoint: 'Endpoint (HTTPS); empty: the client fetches',
  file: 'The feed as CSV',
  secret: 'New secret',
  renewTitle: (client: string) => `Create a new secret for ${client}?`,
  renewHint:
    'The old one is void at once: until the client’s system knows the new one it refuses what is sent to it. Their people must be told.',
  noEndpointTitle: (client: string) => `Send nothing more to ${client}?`,
  noEndpointHint: 'Messages stop. The feed goes on being written and can be fetched.',
  secretTitle: 'The new secret',
  secretHint: 'Shown only this once. From now on everything is signed with it; the old one is void.',
  deliveries: 'Messages to the endpoint',
  noDeliveries: 'Nothing was sent',
  columns: {
    entries: 'Entries',
    state: 'State',
    tries: 'Tries',
    created: 'Created',
    done: 'Accepted / next try',
    error: 'Last error',
  },
  states: { waiting: 'Waiting', delivered: 'Accepted' },
};
