/** What one campaign may use of the carrier account, by its weight among the campaigns that have agents. */
export type Share = { lines: number; callsPerSecond: number };

export type Demand = { id: string; weight: number; agents: number };

export function shareOf(campaignId: string, running: readonly Demand[], account: Share): Share {
  const active = running.filter(({ id, agents }) => agents > 0 || id === campaignId);
  const own = active.find(({ id }) => id === campaignId);
  const total = active.reduce((sum, { weight }) => sum + weight, 0);
  const share = own === undefined || total <= 0 ? 0 : own.weight / total;
  return { lines: Math.floor(account.lines * share), callsPerSecond: account.callsPerSecond * share };
}

/** Calls per second as tokens: one second's worth may go at once, and a slow rate still lets single calls go. */
export type RateGate = { take(wanted: number, perSecond: number, now: number): number };

export function createRateGate(): RateGate {
  let tokens = 0;
  let filledAt: number | null = null;
  return {
    take(wanted, perSecond, now) {
      const most = Math.max(1, perSecond);
      tokens = filledAt === null ? most : Math.min(most, tokens + (Math.max(0, now - filledAt) / 1000) * perSecond);
      filledAt = now;
      const taken = perSecond <= 0 ? 0 : Math.min(wanted, Math.floor(tokens));
      tokens -= taken;
      return taken;
    },
  };
}
