import { filesIn, placeInFile } from '../file.js';
import { misspell, type Operator, placeIn, put, rename, sitesIn, sitesOf } from '../place.js';

const isSelector = (path: readonly (string | number)[]): boolean =>
  path.includes('matchLabels') || (path.at(-2) === 'selector' && path.length === 3);

// Fields with the name of another object, or of a part of the same object.
const naming = [
  'secretName',
  'claimName',
  'serviceAccountName',
  'priorityClassName',
  'storageClassName',
  'ingressClassName',
  'serviceName',
  'namespace',
];
const inNaming = ['configMap', 'secret', 'roleRef', 'service', 'secretKeyRef', 'configMapKeyRef'];

export const referenceOperators: readonly Operator[] = [
  {
    name: 'change-selector',
    fault: 'a label is changed or missing in a selector, and not in the pods',
    places: (manifests) =>
      manifests.flatMap((manifest) =>
        sitesOf(manifest)
          .filter(({ path, value }) => isSelector(path) && typeof value === 'string')
          .flatMap(({ path, value }) => [
            placeIn(manifests, manifest, path, value, (object) =>
              put(object, path, misspell(value)),
            ),
            placeIn(manifests, manifest, [...path, '(lost)'], value, (object) =>
              put(object, path, undefined),
            ),
          ]),
      ),
  },
  {
    name: 'break-reference',
    fault: 'an object is renamed, and not all references to it',
    places: (manifests) => [
      ...manifests.flatMap((manifest) =>
        sitesOf(manifest)
          .filter(
            ({ path, key, value }) =>
              typeof value === 'string' &&
              (naming.includes(`${key}`) ||
                (key === 'name' &&
                  (inNaming.includes(`${path.at(-2)}`) ||
                    ['subjects', 'volumeMounts', 'imagePullSecrets'].includes(`${path.at(-3)}`)))),
          )
          .map(({ path, value }) =>
            placeIn(manifests, manifest, path, value, (object) =>
              put(object, path, misspell(value)),
            ),
          ),
      ),
      // Names in files that are defined once and used elsewhere.
      ...filesIn(manifests).flatMap((file) =>
        sitesIn(file.tree)
          .filter(
            ({ path, key, value }) =>
              typeof value === 'string' &&
              value !== '' &&
              !value.startsWith('$') &&
              (['receiver', 'datasourceUid'].includes(`${key}`) ||
                (key === 'uid' && path.at(-2) === 'datasource') ||
                ['receivers', 'processors', 'exporters', 'extensions', 'module'].includes(
                  `${path.at(-2)}`,
                )),
          )
          .map(({ path, value }) =>
            placeInFile(manifests, file, path, value, (tree) => put(tree, path, misspell(value))),
          ),
      ),
    ],
  },
  {
    name: 'rename-key',
    fault: 'a key of a Secret or ConfigMap has another name than its user expects',
    places: (manifests) => [
      // Dashboards and rules are found by listing their folders.
      ...filesIn(manifests)
        .filter(({ kind }) => kind === 'configuration')
        .map(({ manifest, key }) =>
          placeIn(manifests, manifest, ['data', key], key, (object) =>
            rename(object, ['data', key], misspell(key)),
          ),
        ),
      ...manifests.flatMap((manifest) =>
        sitesOf(manifest)
          .filter(
            ({ path, key, value }) =>
              typeof value === 'string' &&
              key === 'key' &&
              (path.includes('items') || /Ref$/.test(`${path.at(-2)}`)),
          )
          .map(({ path, value }) =>
            placeIn(manifests, manifest, path, value, (object) =>
              put(object, path, misspell(value)),
            ),
          ),
      ),
      ...filesIn(manifests)
        .filter(({ kind }) => kind === 'configuration')
        .flatMap((file) =>
          sitesIn(file.tree)
            .filter(({ value }) => typeof value === 'string' && value.includes('/secrets/'))
            .map(({ path, value }) =>
              placeInFile(manifests, file, path, value, (tree) =>
                put(
                  tree,
                  path,
                  value.replace(/[^/{}]+(?=\}?$)/, (name: string) => misspell(name)),
                ),
              ),
            ),
        ),
    ],
  },
  {
    name: 'drop-mount',
    fault: 'a volume or a mount is forgotten',
    places: (manifests) =>
      manifests.flatMap((manifest) =>
        sitesOf(manifest)
          .filter(
            ({ path, key }) =>
              typeof key === 'number' &&
              ['volumeMounts', 'volumes', 'sources', 'items'].includes(`${path.at(-2)}`),
          )
          .map(({ path, value }) =>
            placeIn(manifests, manifest, path, value, (object) => put(object, path, undefined)),
          ),
      ),
  },
];
