import { frontier, type Point, pointOf, trial } from './frontier.ts';
import type { MinuteSeries } from './measure.ts';
import { escapeText, type Line, picture } from './picture.ts';
import type { PolicySource } from './policy-source.ts';
import type { Scenario } from './scenario.ts';
import { runShift } from './shift.ts';

/** More lines than this cross each other until none can be followed. */
const mostCourses = 5;
/** What everybody looks for first. */
const wanted = ['predictive', 'oracle'];

/**
 * A page that stands alone: the frontier of talk utilization against abandonment as each policy's cap is turned and there is no band, with
 * the band as a strip and each policy where it sits as it was asked for; and the course of one shift (talk utilization over ten
 * minutes, abandon rate over an hour).
 */
export function plotPage(scenario: Scenario, policies: [string, PolicySource][], seeds: number): string {
  const { targetUtilization: band, maxAbandonRate: cap } = scenario;
  const strip = band === undefined ? {} : { strip: { from: 100 * band.min, to: 100 * band.max, name: 'band' } };
  // One policy has one colour in all pictures.
  const colours = new Map(
    policies.map(([name], i) => [name, `hsl(${Math.round((360 * i) / policies.length)} 65% 42%)`]),
  );
  const named = (name: string): Pick<Line, 'name' | 'colour'> => ({ name, colour: colours.get(name) ?? '#222' });
  const fronts = policies.map(
    ([name, policy]): Line => ({
      ...named(name),
      points: frontier(scenario, policy, seeds)
        .map(percentages)
        .sort((a, b) => a[0] - b[0]),
      hasDots: true,
      ring: percentages(pointOf(trial(scenario, policy, seeds))),
    }),
  );
  const drawn = fronts.flatMap(({ points, ring }) => (ring === undefined ? points : [...points, ring]));
  const furthest = Math.min(25, Math.max(1, 200 * cap, ...drawn.map(([x]) => x)) * 1.05);
  const levels = drawn.filter(([x]) => x <= furthest).map(([, y]) => y);
  if (band !== undefined) levels.push(100 * band.min, 100 * band.max);
  const chosen = [...policies].sort(([a], [b]) => Number(wanted.includes(b)) - Number(wanted.includes(a)));
  const series = chosen
    .slice(0, mostCourses)
    .map(([name, policy]) => ({ name, minutes: runShift({ scenario, seed: 1, policy }).minutes }));
  const minutes = scenario.days * (scenario.days > 1 ? 1440 : scenario.shiftMinutes);
  const courses = series.map(({ name, minutes: m }) => ({
    ...named(name),
    points: rolling(m.talk, m.signedIn, 10, minutes),
  }));
  const least = Math.min(100, ...courses.flatMap(({ points }) => points.map(([, y]) => y)));
  const rates = series.map(({ name, minutes: m }) => ({
    ...named(name),
    points: rolling(m.abandoned, m.presented, 60, minutes),
  }));
  const worst = Math.max(0, ...rates.flatMap(({ points }) => points.map(([, y]) => y)));
  const pictures = [
    picture(
      {
        title: 'Frontier: talk utilization against abandoned calls, without a band, as the cap is turned',
        x: 'abandoned, % of presented',
        y: 'talk utilization, %',
        from: [0, levels.length === 0 ? 0 : 10 * Math.floor(Math.min(...levels) / 10)],
        to: [furthest, levels.length === 0 ? 100 : Math.min(100, 10 * Math.ceil((Math.max(...levels) + 1) / 10))],
        uprights: [[100 * cap, 'cap']],
        ...strip,
      },
      fronts,
    ),
    picture(
      {
        title: 'One shift: talk utilization over ten minutes',
        x: 'minute of the shift',
        y: 'talk utilization, %',
        from: [0, Math.min(90, 10 * Math.floor(least / 10))],
        to: [minutes, 100],
        ...strip,
      },
      courses,
    ),
    picture(
      {
        title: 'One shift: abandon rate over an hour',
        x: 'minute of the shift',
        y: 'abandoned, %',
        from: [0, 0],
        to: [minutes, Math.min(30, Math.max(1, 150 * cap, 1.1 * worst))],
        levels: [[100 * cap, 'cap']],
      },
      rates,
    ),
  ];
  const heading = `${escapeText(scenario.name)}: ${scenario.agents} agents`;
  const ofAll = policies.length > mostCourses ? ` The courses are those of ${mostCourses} policies.` : '';
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>${heading}</title>
<style>body{font:14px system-ui,sans-serif;margin:24px;color:#222}svg{display:block;margin:16px 0}text{font-size:12px;fill:#333}</style>
<h1>${heading}</h1><p>${escapeText(scenario.about)}; ${seeds === 1 ? 'one seed' : `${seeds} seeds`}.
A ring is where a policy sits with the cap${band === undefined ? '' : ' and the band'} it was given.${ofAll}</p>
${pictures.join('\n')}
</html>
`;
}

function percentages({ abandonRate, utilization }: Point): [number, number] {
  return [100 * abandonRate, 100 * utilization];
}

/** Percentages of two per-minute sums over a sliding window; minutes without a denominator are left out. */
function rolling(part: Float64Array, whole: MinuteSeries['talk'], span: number, minutes: number): [number, number][] {
  const points: [number, number][] = [];
  let above = 0;
  let below = 0;
  for (let i = 0; i < Math.min(minutes, whole.length); i++) {
    above += (part[i] ?? 0) - (i >= span ? (part[i - span] ?? 0) : 0);
    below += (whole[i] ?? 0) - (i >= span ? (whole[i - span] ?? 0) : 0);
    if (i >= span - 1 && below > 0) points.push([i + 1, (100 * above) / below]);
  }
  return points;
}
