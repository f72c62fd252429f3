import { filesIn, placeInFile } from '../file.js';
import { type Operator, put, type Untyped } from '../place.js';

const added: readonly (readonly [list: string, step: object])[] = [
  ['metric_relabel_configs', { action: 'drop', source_labels: ['__name__'], regex: '.*' }],
  ['metric_relabel_configs', { action: 'labelkeep', regex: 'job|instance' }],
  ['relabel_configs', { action: 'keep', source_labels: ['__meta_team'], regex: 'shop' }],
  ['relabel_configs', { action: 'labeldrop', regex: '__.*' }],
];

/** Faults of scrape jobs. */
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
];
