/** What a person is in a centre, or the machine that delivers transcripts. */
export type Role =
  | 'agent'
  | 'lead'
  | 'inspector'
  | 'supervisor'
  | 'manager'
  | 'client'
  | 'administrator'
  | 'speech-engine';
