/** What a team's or a centre's card has besides the sums of its agents (S2, S4). */
import { callBackCard, teamCard } from '../../rules/scorecard.ts';
import { type TeamThings, teamCounts } from '../../rules/team-things.ts';
import { wireRate } from '../wire-rate.ts';

export function teamPartOf(
  { attempts, conversations, sales, complaints }: Record<'attempts' | 'conversations' | 'sales' | 'complaints', number>,
  things: TeamThings,
) {
  const counts = teamCounts(things);
  const team = teamCard({ ...counts, attempts, conversations, sales, complaints });
  const calledBack = callBackCard(counts);
  return {
    invalidRate: wireRate(team.invalidRate),
    complaintsPerThousandConversations: team.complaintsPerThousandConversations,
    complaintsPerTenThousandSales: team.complaintsPerTenThousandSales,
    handlingHours: team.handlingHours,
    clientAnsweredInTime: wireRate(team.clientAnsweredInTime),
    completion: wireRate(calledBack.completion),
    satisfaction: wireRate(calledBack.satisfaction),
    satisfied: counts.satisfied,
    fairlySatisfied: counts.fairlySatisfied,
    resolution: wireRate(calledBack.resolution),
    recordAccuracy: wireRate(calledBack.recordAccuracy),
  };
}
