// Apart from the shapes, because the page needs the numbers and a page loads no validator.
/** Numbers of agents times hours that are simulated in half a minute on a small machine; more is not waited for. */
export const mostAgentHours = 6_000;
/** Calling hours that are compared are played on so many days: windows differ by less than one day's luck. */
export const daysEachWindow = 3;
export const mostWindows = 4;

type Size = {
  agents: readonly number[];
  hours: number;
  windows?: readonly { from: string; to: string }[] | undefined;
};

/** HH:mm in hours after midnight. */
export function hourOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours + minutes / 60;
}

/** How many agent hours a question makes the simulator play. */
export function agentHoursOf({ agents, hours, windows }: Size): number {
  const each =
    windows === undefined
      ? hours
      : daysEachWindow * windows.reduce((sum, { from, to }) => sum + hourOf(to) - hourOf(from), 0);
  return each * agents.reduce((sum, one) => sum + one, 0);
}

/** How many lines the answer has. */
export function rowsOf({ agents, windows }: Omit<Size, 'hours'>): number {
  return new Set(agents).size * (windows?.length ?? 1);
}
