/** What a simulated agent hears: whether it is a person who speaks. */
export type Ears = {
  /** How long an agent listens before it is clear that nobody is there. */
  listenMs: number;
  hears(attemptId: string): Promise<'person' | 'machine' | null>;
};
