import type { Call } from '../calls/call.ts';
import { dayFilter } from './date-filter.ts';

type Test = (call: Call) => boolean;

/** The list filters of calls: status, addresses, parent, start and end time. */
export function filterCalls(calls: readonly Call[], query: URLSearchParams): Call[] {
  const started = dayFilter(query, 'StartTime');
  const ended = dayFilter(query, 'EndTime');
  const endAsked = [...query.keys()].some((name) => name.startsWith('EndTime'));
  const tests: Test[] = [
    (call) => started(call.startedAt ?? call.createdAt),
    (call) => !endAsked || (call.endedAt !== null && ended(call.endedAt)),
  ];
  const same = (name: string, of: (call: Call) => string | null) => {
    const wanted = query.get(name);
    if (wanted !== null && wanted !== '') tests.push((call) => of(call) === wanted);
  };
  same('Status', (call) => call.status);
  same('To', (call) => call.to);
  same('From', (call) => call.from);
  same('ParentCallSid', (call) => call.parentSid);
  return calls.filter((call) => tests.every((test) => test(call)));
}
