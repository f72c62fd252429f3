import type { ReadPanel } from '../../../model/dashboard.js';
import { listOf, type Untyped } from '../../support/untyped.js';
import type { PanelFault } from './faults.js';

/** Pixels for the 24 columns on a page of 1280 pixels, and pixels of the frame of a panel. */
const page = 1184;
const frame = 18;

// https://github.com/grafana/grafana/blob/v13.2.0/packages/grafana-ui/src/components/Table/TableNG/constants.ts
const grafanasLeast = 150;

/** A table that is wider than its panel, so that its last columns are cut off. */
export const tableFaults = (panel: ReadPanel): PanelFault[] => {
  const titles = listOf(panel.transformations)
    .filter(({ id }) => id === 'organize')
    .flatMap(({ options }) => Object.values(options?.renameByName ?? {}) as string[]);
  if (panel.type !== 'table' || titles.length === 0) return [];
  const width = panel.gridPos?.w;
  if (typeof width !== 'number') return [];
  const { defaults, overrides } = panel.fieldConfig ?? {};
  const least: number = defaults?.custom?.minWidth ?? grafanasLeast;
  const needed = titles.reduce((sum, title) => sum + widthOf(title, listOf(overrides), least), 0);
  const room = Math.floor((page / 24) * width - frame);
  if (needed <= room) return [];
  return [
    {
      fault: 'wide-table',
      message: `The columns need ${needed} pixels, and the panel has ${room} on a page of 1280 pixels.`,
      value: titles.join(', '),
    },
  ];
};

const widthOf = (title: string, overrides: readonly Untyped[], least: number): number => {
  const properties = overrides
    .filter(({ matcher }) => matcher?.id === 'byName' && matcher.options === title)
    .flatMap((one) => listOf(one.properties));
  const property = (id: string) => properties.find((one) => one.id === id)?.value;
  const found = property('custom.width') ?? property('custom.minWidth') ?? least;
  return typeof found === 'number' ? found : least;
};
