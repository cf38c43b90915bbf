/** Keys of whoever judges: the player and the criteria. Buttons are pressed with Enter here, because Space plays and pauses. */
import { makeKeys } from '../../shared/keys/make-keys.tsx';

export const { KeysProvider, useKeys, useKeyActions, KeyHint } = makeKeys({
  kept: 'judge-keys',
  actions: [
    'play',
    'back',
    'forward',
    'slower',
    'faster',
    'silence',
    'loop',
    'pass',
    'fail',
    'mark',
    'rest',
    'submit',
    'keys',
  ],
  usual: {
    play: 'Space',
    back: '←',
    forward: '→',
    slower: ',',
    faster: '.',
    silence: 'S',
    loop: 'L',
    pass: 'P',
    fail: 'F',
    mark: 'M',
    rest: 'A',
    submit: 'Ctrl+Enter',
    keys: '?',
  },
  repeats: ['back', 'forward'],
  early: true,
});
