import type { ReadPanel, ReadTarget } from '../../../model/dashboard.js';
import { listOf, recordOf } from '../../support/untyped.js';

/** Panels that write the values of their queries with the unit of the field. */
const ofFields: readonly unknown[] = [
  ...['timeseries', 'stat', 'gauge', 'bargauge', 'table', 'piechart', 'barchart', 'trend'],
  ...['state-timeline', 'status-history', 'histogram', 'canvas', 'xychart', 'candlestick'],
];

/** Transformations that change no value, and no name besides those in `renameByName`. */
const harmless: readonly unknown[] = [
  ...['organize', 'merge', 'sortBy', 'filterFieldsByName', 'filterByRefId', 'filterByValue'],
  ...['limit', 'seriesToColumns', 'joinByField', 'labelsToFields', 'seriesToRows'],
];

/** The unit of the values of a query; undefined if it has none, or if others may apply. */
export const unitOf = (panel: ReadPanel, target: ReadTarget): string | undefined => {
  if (target.hide === true) return undefined;
  if (panel.type === 'heatmap') return textOf(panel.options?.yAxis?.unit);
  if (!ofFields.includes(panel.type)) return undefined;
  const steps = listOf(panel.transformations).filter(({ disabled }) => disabled !== true);
  if (steps.some(({ id }) => !harmless.includes(id))) return undefined;
  const renamed: Record<string, unknown> = Object.assign(
    Object.create(null),
    ...steps.map(({ options }) => recordOf(recordOf(options).renameByName)),
  );
  const names = namesOf(panel, target)?.map((name) => `${renamed[name] || name}`);
  let unit: unknown = panel.fieldConfig?.defaults?.unit;
  for (const { matcher, properties } of listOf(panel.fieldConfig?.overrides)) {
    const own = listOf(properties).find(({ id }) => id === 'unit');
    const applies = own && matches(recordOf(matcher), target, names);
    if (own && applies === undefined) return undefined;
    if (applies) unit = own.value;
  }
  return textOf(unit);
};

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** The possible names of its values; undefined if they depend on labels. */
const namesOf = (panel: ReadPanel, target: ReadTarget): string[] | undefined => {
  if (target.format === 'table' || panel.type === 'table') {
    return [`Value #${target.refId}`, ...(listOf(panel.targets).length === 1 ? ['Value'] : [])];
  }
  const legend = target.legendFormat;
  return typeof legend === 'string' && legend !== '' && !/\{\{|__auto|\$/.test(legend)
    ? [legend]
    : undefined;
};

/** Whether an override applies to the values of a query; undefined if it may. */
const matches = (
  { id, options }: Readonly<Record<string, unknown>>,
  { refId }: ReadTarget,
  names: readonly string[] | undefined,
): boolean | undefined => {
  if (id === 'byFrameRefID') return typeof options === 'string' ? options === refId : undefined;
  if (id === 'byType') return options === 'number' || (options === 'time' ? false : undefined);
  if (id !== 'byName' || typeof options !== 'string') return undefined;
  if (!names) return options === 'Time' ? false : undefined;
  return names.includes(options);
};
