/** `ring`: a place to point out beside the line. */
export type Line = {
  name: string;
  colour: string;
  points: [number, number][];
  hasDots?: boolean;
  ring?: [number, number];
};
export type Axes = {
  title: string;
  x: string;
  y: string;
  from: [number, number];
  to: [number, number];
  /** Named lines across the picture: upright at an x, level at a y. */
  uprights?: [number, string][];
  levels?: [number, string][];
  /** A named stretch of y. */
  strip?: { from: number; to: number; name: string };
};

const width = 860;
const height = 400;
const pad = { left: 60, right: 190, top: 44, bottom: 45 };

/** Lines over two axes with their names beside them, as SVG text. What lies outside is cut off at the edge. */
export function picture(axes: Axes, lines: Line[]): string {
  const [x0, y0] = axes.from;
  const [x1, y1] = axes.to;
  const inside = (value: number, from: number, to: number): number => Math.min(to, Math.max(from, value));
  const px = (x: number): string =>
    (pad.left + ((inside(x, x0, x1) - x0) / (x1 - x0)) * (width - pad.left - pad.right)).toFixed(1);
  const py = (y: number): string =>
    (height - pad.bottom - ((inside(y, y0, y1) - y0) / (y1 - y0)) * (height - pad.top - pad.bottom)).toFixed(1);
  const parts: string[] = [`<text x="${pad.left}" y="20" font-weight="bold">${axes.title}</text>`];
  if (axes.strip !== undefined) {
    const { from, to, name } = axes.strip;
    const [top, bottom] = [py(to), py(from)];
    parts.push(
      `<path d="M${px(x0)} ${top}H${px(x1)}V${bottom}H${px(x0)}Z" fill="#2a9d5c" fill-opacity="0.16"/>`,
      `<text x="${pad.left + 6}" y="${Number(top) - 5}" style="fill:#1d7a46">${name}</text>`,
    );
  }
  for (const x of ticks(x0, x1)) {
    parts.push(`<path d="M${px(x)} ${py(y0)}V${py(y1)}" stroke="#ddd"/>`);
    parts.push(`<text x="${px(x)}" y="${height - pad.bottom + 16}" text-anchor="middle">${label(x)}</text>`);
  }
  for (const y of ticks(y0, y1)) {
    parts.push(`<path d="M${px(x0)} ${py(y)}H${px(x1)}" stroke="#ddd"/>`);
    parts.push(`<text x="${pad.left - 6}" y="${Number(py(y)) + 4}" text-anchor="end">${label(y)}</text>`);
  }
  for (const [x, name] of axes.uprights ?? []) {
    parts.push(`<path d="M${px(x)} ${py(y0)}V${py(y1)}" stroke="#c00" stroke-dasharray="4 3"/>`);
    parts.push(`<text x="${px(x)}" y="${pad.top - 6}" text-anchor="middle">${name}</text>`);
  }
  for (const [y, name] of axes.levels ?? []) {
    parts.push(`<path d="M${px(x0)} ${py(y)}H${px(x1)}" stroke="#c00" stroke-dasharray="4 3"/>`);
    parts.push(`<text x="${Number(px(x1)) - 6}" y="${Number(py(y)) - 5}" text-anchor="end">${name}</text>`);
  }
  for (const [i, line] of lines.entries()) {
    const { colour } = line;
    const seen = line.points.filter(([x]) => x <= x1);
    const path = seen.map(([x, y]) => `${px(x)} ${py(y)}`).join('L');
    if (path !== '') parts.push(`<path d="M${path}" fill="none" stroke="${colour}" stroke-width="1.6"/>`);
    if (line.hasDots)
      for (const [x, y] of seen) parts.push(`<circle cx="${px(x)}" cy="${py(y)}" r="3" fill="${colour}"/>`);
    if (line.ring !== undefined && line.ring[0] <= x1) {
      const [x, y] = line.ring;
      parts.push(
        `<circle class="ring" cx="${px(x)}" cy="${py(y)}" r="7" fill="none" stroke="${colour}" stroke-width="2.4"/>`,
      );
    }
    const y = pad.top + 14 * i;
    parts.push(
      `<text x="${width - pad.right + 14}" y="${y + 4}" style="fill:${colour}">${escapeText(line.name)}</text>`,
    );
  }
  parts.push(`<text x="${px((x0 + x1) / 2)}" y="${height - 8}" text-anchor="middle">${axes.x}</text>`);
  const middle = py((y0 + y1) / 2);
  parts.push(`<text x="14" y="${middle}" transform="rotate(-90 14 ${middle})" text-anchor="middle">${axes.y}</text>`);
  return `<svg width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">${parts.join('')}</svg>`;
}

/** Round numbers from one to the other, about five. */
function ticks(from: number, to: number): number[] {
  const rough = (to - from) / 5;
  const decade = 10 ** Math.floor(Math.log10(rough));
  const step = decade * ([1, 2, 5].find((nice) => nice * decade >= 0.8 * rough) ?? 10);
  const first = Math.ceil(from / step - 1e-9);
  const count = Math.floor(to / step + 1e-9) - first + 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => (first + i) * step);
}

function label(value: number): string {
  return String(Number(value.toFixed(2)));
}

export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
