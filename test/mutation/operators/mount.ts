import { misspell, type Operator, placeIn, put, sitesOf, type Untyped } from '../place.js';

const word = (path: string): string =>
  path.replace(/[^/]+$/, (last) => (last.length > 1 ? misspell(last) : `${last}x`));

/** Faults of the paths of programs. */
export const mountOperators: readonly Operator[] = [
  {
    name: 'move-path',
    fault: 'the path of a folder is mistyped in an argument, or where its volume is mounted',
    places: (manifests) =>
      manifests.flatMap((manifest) =>
        sitesOf(manifest)
          .filter(
            ({ path, key, value }) =>
              typeof value === 'string' &&
              ((path.at(-2) === 'args' && /^--(path|storage|containerd?)[\w.]*=\//.test(value)) ||
                (key === 'mountPath' && isData(manifest.object, path))),
          )
          .map(({ path, value }) =>
            placeIn(manifests, manifest, path, value, (object) => put(object, path, word(value))),
          ),
      ),
  },
];

/** Whether a mounted volume has no files from ConfigMaps, and is not for temporary files. */
const isData = (object: Untyped, path: readonly (string | number)[]): boolean => {
  const mount = path.slice(0, -1).reduce<Untyped>((one, step) => one[step], object);
  const claims = object.spec?.volumeClaimTemplates ?? [];
  const volume = object.spec.template.spec.volumes?.find(
    ({ name }: Untyped) => name === mount.name,
  );
  return (
    volume?.hostPath !== undefined ||
    volume?.persistentVolumeClaim !== undefined ||
    claims.some(({ metadata }: Untyped) => metadata.name === mount.name)
  );
};
