import { filesIn, placeInFile } from '../file.js';
import { type Operator, put, sitesIn, type Untyped } from '../place.js';

const added: readonly (readonly [list: string, step: object])[] = [
  ['metric_relabel_configs', { action: 'drop', source_labels: ['__name__'], regex: '.*' }],
  ['metric_relabel_configs', { action: 'labelkeep', regex: 'job|instance' }],
  ['relabel_configs', { action: 'keep', source_labels: ['__meta_team'], regex: 'shop' }],
  ['relabel_configs', { action: 'labeldrop', regex: '__.*' }],
];

const renamed: Readonly<Record<string, unknown>> = {
  latency_unit: 's',
  unit: 's',
  normalize_calls: false,
  normalize_duration: false,
};

/** Faults of scrape jobs, and of the names and the storage of series. */
export const scrapingOperators: readonly Operator[] = [
  {
    name: 'relabel-away',
    fault: 'a relabelling step drops all series, their names, all targets or their addresses',
    places: (manifests) =>
      filesIn(manifests)
        .filter(({ kind }) => kind === 'configuration')
        .flatMap((file) => {
          const jobs: readonly Untyped[] = file.tree?.scrape_configs ?? [];
          return jobs.flatMap((job, index) =>
            added.map(([list, step]) => {
              const path = ['scrape_configs', index, list];
              const steps = [...(job[list] ?? []), step];
              return placeInFile(manifests, file, path, job[list] ?? [], (tree) =>
                put(tree, path, steps),
              );
            }),
          );
        }),
  },
  {
    name: 'exceed-volume',
    fault: 'the retention by size is that of a larger volume',
    places: (manifests) =>
      filesIn(manifests).flatMap((file) => {
        const path = ['storage', 'tsdb', 'retention', 'size'];
        const size: unknown = file.tree?.storage?.tsdb?.retention?.size;
        if (typeof size !== 'string') return [];
        return [2, 10, 1000].map((factor) =>
          placeInFile(manifests, file, path, size, (tree) =>
            put(
              tree,
              path,
              size.replace(/\d+/, (number) => `${Number(number) * factor}`),
            ),
          ),
        );
      }),
  },
  {
    name: 'rename-span-metrics',
    fault: 'the names of the span metrics change, and not those that the Monitor tab queries',
    places: (manifests) =>
      filesIn(manifests)
        .filter(({ kind }) => kind === 'configuration')
        .flatMap((file) =>
          sitesIn(file.tree)
            .filter(({ key }) => Object.hasOwn(renamed, `${key}`))
            .map(({ path, key, value }) =>
              placeInFile(manifests, file, path, value, (tree) =>
                put(tree, path, renamed[`${key}`]),
              ),
            ),
        ),
  },
  {
    name: 'record-as-metric',
    fault: 'a recording rule has the name of a metric',
    places: (manifests) =>
      filesIn(manifests)
        .filter(({ kind }) => kind === 'rules')
        .flatMap((file) =>
          sitesIn(file.tree)
            .filter(({ key }) => key === 'record')
            .map(({ path, value }) =>
              placeInFile(manifests, file, path, value, (tree) =>
                put(tree, path, 'prometheus_build_info'),
              ),
            ),
        ),
  },
];
