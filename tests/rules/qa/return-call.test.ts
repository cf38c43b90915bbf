import { expect, it } from 'vitest';
import { returnCallAnswer } from '../../../qa/workflow/intake.ts';

it.each([
  ['task', 'satisfied', 'satisfied'],
  ['task', 'fairly-satisfied', 'fairly-satisfied'],
  ['task', 'not-satisfied', 'not-satisfied'],
  // Of desks that were open over the change to three answers.
  ['task', 'confirmed', 'satisfied'],
  ['task', 'declined', 'not-satisfied'],
  ['task', 'unresolved', 'not-satisfied'],
  ['task', 'wants-to-think', 'unreachable'],
  ['complaint', undefined, 'not-satisfied'],
  // Nobody who could answer was spoken to.
  ['wrong-person', undefined, 'unreachable'],
  [null, undefined, 'unreachable'],
])('a return call written down as %s, %s is the answer %s', (disposition, result, answer) => {
  expect(returnCallAnswer({ disposition, detail: { result } })).toBe(answer);
});
