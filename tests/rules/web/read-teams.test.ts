import { expect, it } from 'vitest';
import { whatIfRequest } from '../../../src/contract/what-if.ts';
import { readTeams } from '../../../src/web/manager/what-if/read-teams.ts';

it.each([
  ['5, 8,12', [5, 8, 12], []],
  ['5，8、12 20', [5, 8, 12, 20], []],
  ['', [], []],
  ['5, ten, 0, -3, 8.5, 501', [5], ['ten', '0', '-3', '8.5', '501']],
])('the numbers of agents in %j are read, and what is none is named', (text, agents, unread) => {
  expect(readTeams(text)).toEqual({ agents, unread });
});

it.each([
  [{ agents: [500, 499, 498], hours: 12 }, 'agents'],
  [{ agents: [5], band: { min: 0.8, max: 0.7 } }, 'band'],
  [{ agents: [0] }, 'agents.0'],
  [{ agents: [5], mode: 'manual' }, 'mode'],
  [{ agents: [5], answerRate: -0.1 }, 'answerRate'],
])('a question that cannot be simulated is refused by its field: %j', (question, field) => {
  const { error } = whatIfRequest.safeParse(question);
  expect(error?.issues.map(({ path }) => path.join('.'))).toEqual([field]);
});
