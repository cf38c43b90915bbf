import { frontier, type Point } from './frontier.ts';
import type { MinuteSeries } from './measure.ts';
import type { PolicySource } from './policy-source.ts';
import type { Scenario } from './scenario.ts';
import { runShift } from './shift.ts';

type Line = { name: string; points: [number, number][]; hasDots?: boolean };
type Axes = {
  title: string;
  x: string;
  y: string;
  from: [number, number];
  to: [number, number];
  marks?: [number, string][];
};

const width = 860;
const height = 380;
const pad = { left: 60, right: 190, top: 40, bottom: 45 };

/**
 * A page that stands alone: the frontier of talk utilization against abandonment as each policy's cap is turned, and
 * the course of one shift (talk utilization over ten minutes, abandon rate over an hour).
 */
export function plotPage(scenario: Scenario, policies: [string, PolicySource][], seeds: number): string {
  const fronts = policies.map(
    ([name, policy]): Line => ({ name, points: frontierLine(frontier(scenario, policy, seeds)), hasDots: true }),
  );
  const series = policies.map(([name, policy]) => ({ name, minutes: runShift({ scenario, seed: 1, policy }).minutes }));
  const most = Math.min(
    25,
    Math.max(100 * scenario.maxAbandonRate * 2, ...fronts.flatMap((f) => f.points.map(([x]) => x))) * 1.05,
  );
  const minutes = scenario.days * (scenario.days > 1 ? 1440 : scenario.shiftMinutes);
  const pictures = [
    picture(
      {
        title: 'Frontier: talk utilization against abandoned calls',
        x: 'abandoned, % of presented',
        y: 'talk utilization, %',
        from: [0, 40],
        to: [most, 95],
        marks: [[100 * scenario.maxAbandonRate, 'cap']],
      },
      fronts,
    ),
    picture(
      {
        title: 'One shift: talk utilization over ten minutes',
        x: 'minute of the shift',
        y: 'talk utilization, %',
        from: [0, 0],
        to: [minutes, 100],
      },
      series.map(({ name, minutes: m }) => ({ name, points: rolling(m.talk, m.signedIn, 10, minutes) })),
    ),
    picture(
      {
        title: 'One shift: abandon rate over an hour',
        x: 'minute of the shift',
        y: 'abandoned, %',
        from: [0, 0],
        to: [minutes, Math.min(30, 400 * scenario.maxAbandonRate)],
      },
      series.map(({ name, minutes: m }) => ({ name, points: rolling(m.abandoned, m.presented, 60, minutes) })),
    ),
  ];
  const heading = `${escapeText(scenario.name)}: ${scenario.agents} agents`;
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>${heading}</title>
<style>body{font:14px system-ui,sans-serif;margin:24px;color:#222}svg{display:block;margin:16px 0}text{font-size:12px;fill:#333}</style>
<h1>${heading}</h1><p>${escapeText(scenario.about)}; ${seeds === 1 ? 'one seed' : `${seeds} seeds`}.</p>
${pictures.join('\n')}
</html>
`;
}

function frontierLine(points: Point[]): [number, number][] {
  return points.map((p): [number, number] => [100 * p.abandonRate, 100 * p.utilization]).sort((a, b) => a[0] - b[0]);
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

function picture(axes: Axes, lines: Line[]): string {
  const [x0, y0] = axes.from;
  const [x1, y1] = axes.to;
  const px = (x: number): string => (pad.left + ((x - x0) / (x1 - x0)) * (width - pad.left - pad.right)).toFixed(1);
  const py = (y: number): string => {
    const inside = Math.min(y1, Math.max(y0, y));
    return (height - pad.bottom - ((inside - y0) / (y1 - y0)) * (height - pad.top - pad.bottom)).toFixed(1);
  };
  const parts: string[] = [`<text x="${pad.left}" y="20" font-weight="bold">${axes.title}</text>`];
  for (let i = 0; i <= 5; i++) {
    const x = x0 + ((x1 - x0) * i) / 5;
    const y = y0 + ((y1 - y0) * i) / 5;
    parts.push(`<path d="M${px(x0)} ${py(y)}H${px(x1)}M${px(x)} ${py(y0)}V${py(y1)}" stroke="#ddd"/>`);
    parts.push(`<text x="${px(x)}" y="${height - pad.bottom + 16}" text-anchor="middle">${label(x)}</text>`);
    parts.push(`<text x="${pad.left - 6}" y="${Number(py(y)) + 4}" text-anchor="end">${label(y)}</text>`);
  }
  for (const [x, name] of axes.marks ?? []) {
    parts.push(`<path d="M${px(x)} ${py(y0)}V${py(y1)}" stroke="#c00" stroke-dasharray="4 3"/>`);
    parts.push(`<text x="${px(x)}" y="${pad.top - 4}" text-anchor="middle">${name}</text>`);
  }
  lines.forEach((line, i) => {
    const colour = `hsl(${Math.round((360 * i) / Math.max(1, lines.length))} 65% 42%)`;
    const inside = line.points.filter(([x]) => x <= x1);
    const path = inside.map(([x, y]) => `${px(x)} ${py(y)}`).join('L');
    if (path !== '') parts.push(`<path d="M${path}" fill="none" stroke="${colour}" stroke-width="1.6"/>`);
    if (line.hasDots)
      for (const [x, y] of inside) parts.push(`<circle cx="${px(x)}" cy="${py(y)}" r="3" fill="${colour}"/>`);
    const y = pad.top + 14 * i;
    parts.push(
      `<text x="${width - pad.right + 14}" y="${y + 4}" style="fill:${colour}">${escapeText(line.name)}</text>`,
    );
  });
  parts.push(`<text x="${px((x0 + x1) / 2)}" y="${height - 8}" text-anchor="middle">${axes.x}</text>`);
  parts.push(
    `<text x="14" y="${py((y0 + y1) / 2)}" transform="rotate(-90 14 ${py((y0 + y1) / 2)})" text-anchor="middle">${axes.y}</text>`,
  );
  return `<svg width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">${parts.join('')}</svg>`;
}

function label(value: number): string {
  return Math.abs(value) >= 10 || Number.isInteger(value) ? value.toFixed(0) : value.toFixed(1);
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
