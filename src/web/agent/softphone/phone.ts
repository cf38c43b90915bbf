/**
 * The agent's phone in the browser. Its leg is called by the dialler at sign-in and taken by itself; there is nothing to
 * pick up for each customer. Two carriers can be behind it: a real account's, and the sandbox that sends synthetic speech.
 */

/** refused: this person has no phone here. lost: it is being connected again. */
export type Line = 'idle' | 'connecting' | 'ready' | 'in-call' | 'lost' | 'refused';

export type PhoneState = {
  line: Line;
  /** The browser keeps sound back until the person has clicked or pressed a key. */
  muffled: boolean;
};

/** 0 silent, 1 as loud as can be. */
export type Levels = { heard: number; spoken: number };

export type Output = { id: string; label: string };

export type Softphone = {
  start(): void;
  /** Ends the leg, too. */
  stop(): void;
  /** After a click: lets the browser play what it kept back. */
  wake(): void;
  levels(): Levels;
  /** Where sound can be played; empty where the browser does not let a page choose. */
  outputs(): Promise<Output[]>;
  playOn(outputId: string): Promise<void>;
};

export type PhoneEvents = { changed(state: PhoneState): void };
