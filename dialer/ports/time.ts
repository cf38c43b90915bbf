/** The one clock of the house. All times are epoch milliseconds; `speed` is a property of the implementation. */
export type Clock = {
  now(): number;
  /** Runs once after so many milliseconds of this clock; the answer cancels it. */
  after(ms: number, run: () => void): () => void;
  sleep(ms: number): Promise<void>;
};
