import type { Manifest } from '../../../src/model/manifest.js';
import { misspell, type Operator, placeIn, put, sitesOf, type Untyped } from '../place.js';

const workloads = (manifests: readonly Manifest[]) =>
  manifests.filter(({ object }) => object.spec?.template !== undefined);

const numbers = ['port', 'targetPort', 'containerPort'];

/**
 * An object with another number for a port, at every place where it is declared or is the port of a
 * host.
 */
const renumbered = (tree: Untyped, from: number, to: number, key = ''): Untyped => {
  if (Array.isArray(tree)) return tree.map((one) => renumbered(one, from, to, key));
  if (typeof tree === 'object' && tree !== null) {
    return Object.fromEntries(
      Object.entries(tree).map(([name, one]) => [name, renumbered(one, from, to, name)]),
    );
  }
  if (tree === from && numbers.includes(key)) return to;
  // A listener has no host, or all addresses.
  return typeof tree === 'string'
    ? tree.replace(new RegExp(`(?<=[a-z]):${from}(?!\\d)`, 'g'), `:${to}`)
    : tree;
};

/** Faults in the declarations of components: their ports and their files. */
export const declarationOperators: readonly Operator[] = [
  {
    name: 'renumber-declaration',
    fault: 'a port is changed in every declaration, and the process listens on the old one',
    places: (manifests) =>
      workloads(manifests).flatMap((manifest) =>
        sitesOf(manifest)
          .filter(({ key }) => key === 'containerPort')
          .map(({ path, value }) => ({
            ...placeIn(manifests, manifest, path, value, (object) => object),
            connections: (connections) =>
              connections.map((one) =>
                one.endpoint.port === value
                  ? { ...one, endpoint: { ...one.endpoint, port: value + 10_000 } }
                  : one,
              ),
            manifests: () =>
              manifests.map((one) => ({
                ...one,
                object: renumbered(one.object, value, value + 10_000),
              })),
          })),
      ),
  },
  {
    name: 'misplace-file',
    fault: 'a file is mounted where its program does not look for it',
    places: (manifests) => {
      const filled = new Set(
        manifests.flatMap(({ object: { kind, metadata, data } }) =>
          kind === 'ConfigMap' && data ? metadata.name : [],
        ),
      );
      return workloads(manifests).flatMap((manifest) => {
        const volumes: Untyped[] = manifest.object.spec.template.spec.volumes ?? [];
        // A shard can be without dashboards.
        const isFile = (name: unknown) =>
          volumes.some((one) => one.name === name && filled.has(one.configMap?.name));
        const sites = sitesOf(manifest);
        const folders = sites.filter(
          ({ path, value }) => path.at(-2) === 'volumeMounts' && isFile(value.name),
        );
        const items = sites.filter(
          ({ path, key }) => key === 'path' && path.includes('configMap') && path.includes('items'),
        );
        return [
          ...folders.map(({ path, value }) =>
            placeIn(manifests, manifest, [...path, 'mountPath'], value.mountPath, (object) =>
              put(object, [...path, 'mountPath'], misspell(value.mountPath)),
            ),
          ),
          ...items.map(({ path, value }) =>
            placeIn(manifests, manifest, path, value, (object) =>
              put(object, path, misspell(value)),
            ),
          ),
        ];
      });
    },
  },
];
