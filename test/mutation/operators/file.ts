import type { Manifest } from '../../../src/model/manifest.js';
import { type EmbeddedFile, filesIn, placeInFile } from '../file.js';
import { misspell, type Operator, placeIn, put, rename, type Site, sitesIn } from '../place.js';

// Keys that users choose: job names, modules, labels.
const chosenKeys = ['external_labels', 'labels', 'annotations', 'params', 'tags'];

const configurations = (manifests: readonly Manifest[]): EmbeddedFile[] =>
  filesIn(manifests).filter(({ kind }) => kind !== 'dashboard');

const keysOf = ({ tree }: EmbeddedFile): Site[] =>
  sitesIn(tree).filter(
    ({ path, key }) => typeof key === 'string' && !chosenKeys.includes(`${path.at(-2)}`),
  );

const durationKey = /(interval|timeout|wait|ttl|spans|retention|for|time|maintenance|shift)$/i;
const duration = /(?<=^|=)(\d+(?:\.\d+)?)(ms|s|m|h|d)(?=$)/;

const args = (manifests: readonly Manifest[]) =>
  manifests.flatMap((manifest) =>
    sitesIn(manifest.object, ([field]) => field === 'data')
      .filter(
        ({ path, value }) =>
          path.at(-2) === 'args' && typeof value === 'string' && value.startsWith('-'),
      )
      .map((site) => ({ manifest, ...site })),
  );

export const fileOperators: readonly Operator[] = [
  {
    name: 'misspell-option',
    fault: 'an option of a configuration file, or a flag, is mistyped',
    places: (manifests) => [
      ...configurations(manifests).flatMap((file) =>
        keysOf(file).map(({ path, key, value }) =>
          placeInFile(manifests, file, path, value, (tree) =>
            rename(tree, path, misspell(`${key}`)),
          ),
        ),
      ),
      ...args(manifests).map(({ manifest, path, value }) =>
        placeIn(manifests, manifest, path, value, (object) =>
          put(
            object,
            path,
            value.replace(/(?<=^--?)[^=]+/, (flag: string) => misspell(flag)),
          ),
        ),
      ),
    ],
  },
  {
    name: 'drop-option',
    fault: 'an option of a configuration file, or an argument, is lost',
    places: (manifests) => [
      ...configurations(manifests).flatMap((file) =>
        sitesIn(file.tree).map(({ path, value }) =>
          placeInFile(manifests, file, path, value, (tree) => put(tree, path, undefined)),
        ),
      ),
      ...args(manifests).map(({ manifest, path, value }) =>
        placeIn(manifests, manifest, path, value, (object) => put(object, path, undefined)),
      ),
    ],
  },
  {
    name: 'malform-value',
    fault: 'a duration has no unit, a regular expression no end, an expression no last bracket',
    places: (manifests) => [
      ...filesIn(manifests).flatMap((file) =>
        sitesIn(file.tree).flatMap(({ path, key, value }) => {
          const broken = malformed(`${key}`, value);
          return broken === undefined
            ? []
            : [placeInFile(manifests, file, path, value, (tree) => put(tree, path, broken))];
        }),
      ),
      ...args(manifests)
        .filter(({ value }) => duration.test(value))
        .map(({ manifest, path, value }) =>
          placeIn(manifests, manifest, path, value, (object) =>
            put(object, path, value.replace(duration, '$1')),
          ),
        ),
    ],
  },
  {
    name: 'rename-job',
    fault: 'a scrape job is renamed, and not everything that names it',
    places: (manifests) =>
      filesIn(manifests).flatMap((file) =>
        sitesIn(file.tree).flatMap(({ path, key, value }) => {
          if (typeof value !== 'string') return [];
          if (key === 'job_name') {
            return [
              placeInFile(manifests, file, path, value, (tree) => put(tree, path, misspell(value))),
            ];
          }
          if (key !== 'expr' && key !== 'query') return [];
          return [...value.matchAll(/(?<=\bjob\s*=\s*")[^"$]+(?=")/g)].map(({ index, 0: job }) =>
            placeInFile(manifests, file, path, value, (tree) =>
              put(
                tree,
                path,
                value.slice(0, index) + misspell(job) + value.slice(index + job.length),
              ),
            ),
          );
        }),
      ),
  },
];

const malformed = (key: string, value: unknown): string | undefined => {
  if (typeof value !== 'string') return undefined;
  if (key === 'regex') return `${value}(`;
  if (key === 'expr') return value.includes(')') ? value.replace(/\)(?=[^)]*$)/, '') : `${value} +`;
  return durationKey.test(key) && duration.test(value) ? value.replace(duration, '$1') : undefined;
};
