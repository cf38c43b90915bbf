import { counted } from '../counted.ts';

export const en = {
  title: 'Transcript',
  none: 'There is no transcript of this recording.',
  expected: 'There is no transcript of this recording yet. A speech engine writes down what is to be judged.',
  noEngine: 'No speech engine is connected.',
  by: (engine: string, version: string) =>
    `Written down by the speech engine “${engine}”${version === '' ? '' : ` (${version})`}.`,
  inLanguage: (language: string) => `Language: ${language}.`,
  sandbox:
    'Not heard: the sandbox’s sound has no words. This was written from what the pretended agent recorded of the call.',
  otherSound: 'Made from another sound than the one that is stored now.',
  superseded: (count: string) =>
    `It takes the place of ${counted(count, 'earlier transcript', 'earlier transcripts')}.`,
  empty: 'The engine heard no words.',
  words: 'What was said, by speaker. Choose a line to go to its second; arrow keys move between lines.',
  doubted: 'heard badly',
  findings: 'What a machine found',
  decidesNothing: 'A pointer to where to listen. It decides nothing.',
  nothingFound: 'Nothing found.',
  heardAt: (finding: string, clock: string, words: string) => `${finding} at ${clock}: “${words}”`,
  notHeard: (finding: string) => `${finding} in the whole call`,
  notKnown: (findings: string, why: string) => `Not known, because ${why}: ${findings}`,
  why: {
    'other-language': 'no phrases of this language are listened for',
    'ends-early': 'the transcript ends before the talk does',
    silence: 'not a word of that side was heard',
    'heard-badly': 'too much of that side was heard badly',
  },
  effects: {
    title: 'What raised the risk, and what was found',
    intro: (judged: string) =>
      `Of ${counted(judged, 're-check', 're-checks')} judged in the last 90 days. The queue takes each factor for what is assumed; whether that holds here, these counts say. Factors that come together share their effect.`,
    factor: 'Factor',
    with: 'Faulty with it',
    without: 'Faulty without it',
    ratio: 'Odds of a fault, 95% interval',
    assumed: 'Assumed',
    of: (part: string, all: string) => `${part} of ${all}`,
    times: (value: string, low: string, high: string) => `× ${value} (${low} – ${high})`,
  },
  phrases: {
    title: 'Phrases',
    intro:
      'What is listened for in transcripts, one phrase a line. Findings order the re-check and mark the player; they decide nothing. A change is a new version for your centre, and what waits is read again by it.',
    builtIn: 'These are the phrases the product begins with.',
    version: (version: string, by: string, at: string) => `Version ${version}, by ${by}, ${at}`,
    languages: { zh: 'In Chinese transcripts', en: 'In English transcripts' },
    kinds: {
      consent: 'The customer accepts',
      refusal: 'The customer refuses',
      unfit: 'A minor, or unwell',
      identity: 'The agent checks identity',
      tariff: 'The agent states the tariff',
      cancel: 'The agent says how to cancel',
    },
  },
};
