import { realCalls } from '../../simulation/real-calls.ts';

/** Lengths and results of the real telemarketing calls (Moro, Cortez and Rita 2014, UCI Bank Marketing, CC BY 4.0). */
export function realConversations(): { seconds: number; accepted: boolean }[] {
  const { seconds, accepted } = realCalls();
  return Array.from(seconds, (length, i) => ({ seconds: length, accepted: accepted[i] === 1 }));
}
