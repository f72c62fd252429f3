import type { Manifest } from '../../../src/model/manifest.js';
import { filesIn, placeInFile } from '../file.js';
import {
  misspell,
  type Operator,
  type Path,
  type Place,
  put,
  type Site,
  sitesIn,
} from '../place.js';

/** Every value in a dashboard that `change` changes. */
const inDashboards = (
  manifests: readonly Manifest[],
  change: (site: Site) => string | undefined,
): Place[] =>
  filesIn(manifests)
    .filter(({ kind }) => kind === 'dashboard')
    .flatMap((file) =>
      sitesIn(file.tree).flatMap((site) => {
        const changed = change(site);
        if (changed === undefined) return [];
        return [
          placeInFile(manifests, file, site.path, site.value, (tree) =>
            put(tree, site.path, changed),
          ),
        ];
      }),
    );

const isUnit = (path: Path, key: string | number): boolean =>
  key === 'unit' || (key === 'value' && path.includes('overrides'));

const confused: Readonly<Record<string, string>> = {
  bytes: 'bits',
  decbytes: 'decbits',
  binBps: 'binbps',
  Bps: 'bps',
  s: 'ms',
  percentunit: 'percent',
  percent: 'percentunit',
};

const exchanged: Readonly<Record<string, string>> = { bytes: 's', binBps: 's', s: 'bytes' };

export const panelOperators: readonly Operator[] = [
  {
    name: 'confuse-unit',
    fault: 'a unit has another scale than the values: bits, milliseconds or percent',
    places: (manifests) =>
      inDashboards(manifests, ({ path, key, value }) =>
        isUnit(path, key) && typeof value === 'string' ? confused[value] : undefined,
      ),
  },
  {
    name: 'exchange-unit',
    fault: 'a panel is copied with the unit of another quantity',
    places: (manifests) =>
      inDashboards(manifests, ({ path, key, value }) =>
        isUnit(path, key) && typeof value === 'string' ? exchanged[value] : undefined,
      ),
  },
  {
    name: 'misspell-legend',
    fault: 'a legend uses a label that the query does not return',
    places: (manifests) =>
      inDashboards(manifests, ({ key, value }) =>
        key === 'legendFormat' && /\{\{\w+\}\}/.test(value)
          ? value.replace(/(?<=\{\{)\w+/, misspell)
          : undefined,
      ),
  },
];
