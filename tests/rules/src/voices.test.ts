/** Whose voice a recording has, read off the journal of the call. */
import { expect, test } from 'vitest';
import { voicesOf } from '../../../src/http/voices.ts';

const at = (second: number, kind: string, data: Record<string, unknown> = {}) => ({ at: second * 1_000, kind, data });
const connected = (second: number, agentId: string) => at(second, 'connected', { agentId });
const agent = (second: number, userId: string) => ({ fromMs: second * 1_000, who: 'agent', userId });

test.each([
  ['nobody ever spoke', [], []],
  ['one agent', [connected(12, 'anna')], [agent(2, 'anna')]],
  ['given to a colleague', [connected(12, 'anna'), connected(40, 'ben')], [agent(2, 'anna'), agent(30, 'ben')]],
  ['given and given back, as nobody came', [connected(12, 'anna'), connected(40, 'anna')], [agent(2, 'anna')]],
  [
    'taken over by a supervisor',
    [connected(12, 'anna'), at(73, 'taken-over', { by: 'lead' }), at(73, 'moved-out', { agentId: 'anna' })],
    [agent(2, 'anna'), { fromMs: 63_000, who: 'supervisor', userId: 'lead' }],
  ],
  [
    'left to an outside number, which was gone at once, and given to another agent',
    [connected(12, 'anna'), at(30, 'moved-out', { agentId: 'anna' }), connected(35, 'ben')],
    [agent(2, 'anna'), { fromMs: 20_000, who: 'guest', userId: null }, agent(25, 'ben')],
  ],
  ['a journal older than its recording', [connected(9, 'anna')], [agent(0, 'anna')]],
])('%s', (_name, journal, voices) => {
  expect(voicesOf(journal, 10_000)).toEqual(voices);
});
