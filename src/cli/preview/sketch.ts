import type { Json } from './dashboards.js';
import { escaped } from './html.js';

/** A sketch of a panel without data: axes, lanes, columns, thresholds. */
export const sketch = (panel: Json): string => {
  switch (panel.type) {
    case 'timeseries':
      return axes(panel);
    case 'state-timeline':
      return lanes(panel);
    case 'heatmap':
      return `<div class="scale"><span>few</span><i></i><span>many</span></div>`;
    case 'stat':
      return `<div class="figure">${states(panel) || `<b>–</b><span>${escaped(short(unitOf(panel)))}</span>`}</div>`;
    case 'gauge':
      return `<div class="figure"><b>–</b><span>${escaped(short(unitOf(panel)))}</span></div>`;
    case 'bargauge':
      return `<div class="bars">${'<i></i>'.repeat(4)}</div>`;
    case 'table':
      return columns(panel);
    default:
      return '';
  }
};

/** The unit of a panel's values, or those of its columns. */
export const unitOf = (panel: Json): string => {
  const all = [
    panel.fieldConfig?.defaults?.unit,
    ...(panel.fieldConfig?.overrides ?? []).flatMap(({ properties }: Json) =>
      properties.filter(({ id }: Json) => id === 'unit').map(({ value }: Json) => value),
    ),
  ].filter(Boolean);
  return [...new Set(all)].join(', ');
};

const symbols: Readonly<Record<string, string>> = {
  percentunit: '%',
  bytes: 'B',
  Bps: 'B/s',
  reqps: 'req/s',
  cps: '/s',
  ops: 'ops/s',
  pps: 'p/s',
  short: '',
  none: '',
};

const short = (unit: string): string => symbols[unit] ?? unit;

const thresholdsOf = (panel: Json): { value: number; color: string }[] => {
  const { thresholds } = panel.fieldConfig?.defaults ?? {};
  return (thresholds?.steps ?? []).filter(({ value }: Json) => value !== null);
};

const axes = (panel: Json): string => {
  const { max } = panel.fieldConfig?.defaults ?? {};
  const steps = thresholdsOf(panel);
  const top = max ?? Math.max(1, ...steps.map(({ value }) => value)) * 1.25;
  const lines = steps
    .map(({ value, color }) => {
      const y = 100 - (value / top) * 100;
      return `<line x1="0" x2="100" y1="${y}" y2="${y}" stroke="${color}" class="limit"/>`;
    })
    .join('');
  const grid = [25, 50, 75]
    .map((y) => `<line x1="0" x2="100" y1="${y}" y2="${y}" class="grid"/>`)
    .join('');
  const time = [20, 40, 60, 80]
    .map((x) => `<line y1="0" y2="100" x1="${x}" x2="${x}" class="grid"/>`)
    .join('');
  return `<svg class="axes" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">${grid}${time}${lines}<path d="M0 0V100H100" class="frame"/></svg>`;
};

const statesOf = (panel: Json): { text: string; color: string }[] =>
  (panel.fieldConfig?.defaults?.mappings ?? []).flatMap(({ options }: Json) =>
    Object.values(options ?? {}),
  ) as { text: string; color: string }[];

const states = (panel: Json): string =>
  statesOf(panel)
    .map(({ text, color }) => `<em style="--c:${escaped(color)}">${escaped(text)}</em>`)
    .join('');

const lanes = (panel: Json): string =>
  `<div class="lanes">${'<i></i>'.repeat(Math.max(2, (panel.gridPos?.h ?? 8) - 4))}<p>${states(panel)}</p></div>`;

const columns = (panel: Json): string => {
  const names = panel.transformations?.find(({ id }: Json) => id === 'organize')?.options
    ?.renameByName;
  const titles = Object.values(names ?? {}) as string[];
  const links = new Set(
    (panel.fieldConfig?.overrides ?? [])
      .filter(({ properties }: Json) => properties.some(({ id }: Json) => id === 'links'))
      .map(({ matcher }: Json) => matcher.options),
  );
  const heads = titles
    .map((title) => `<th${links.has(title) ? ' class="link"' : ''}>${escaped(title)}</th>`)
    .join('');
  const line = `<tr>${'<td><i></i></td>'.repeat(titles.length)}</tr>`;
  return `<table><thead><tr>${heads}</tr></thead><tbody>${line.repeat(3)}</tbody></table>`;
};
