import type { Manifest } from '../../../src/model/manifest.js';
import { type Operator, placeIn, put, sitesOf } from '../place.js';

const inRole = ({ object }: Manifest): boolean => ['Role', 'ClusterRole'].includes(object.kind);
const lists = ['apiGroups', 'resources', 'verbs', 'nonResourceURLs'];

const loosened: Readonly<Record<string, unknown>> = {
  runAsNonRoot: false,
  readOnlyRootFilesystem: false,
  allowPrivilegeEscalation: true,
  runAsUser: 0,
  automountServiceAccountToken: true,
  seccompProfile: { type: 'Unconfined' },
  drop: [],
  readOnly: false,
  'pod-security.kubernetes.io/enforce': 'privileged',
};

export const privilegeOperators: readonly Operator[] = [
  {
    name: 'widen-role',
    fault: 'a role has more rights than needed, because something did not work',
    places: (manifests) =>
      manifests.filter(inRole).flatMap((manifest) =>
        sitesOf(manifest)
          .filter(({ key }) => lists.includes(`${key}`))
          .flatMap(({ path, key, value }) =>
            ['*', ...(key === 'resources' ? ['secrets'] : key === 'verbs' ? ['delete'] : [])].map(
              (more) =>
                placeIn(manifests, manifest, path, more, (object) =>
                  put(object, path, [...value, more]),
                ),
            ),
          ),
      ),
  },
  {
    name: 'drop-right',
    fault: 'a role does not have the rights that its user needs',
    places: (manifests) =>
      manifests.filter(inRole).flatMap((manifest) =>
        sitesOf(manifest)
          .filter(({ path, key }) => typeof key === 'number' && lists.includes(`${path.at(-2)}`))
          .map(({ path, value }) =>
            placeIn(manifests, manifest, path, value, (object) => put(object, path, undefined)),
          ),
      ),
  },
  {
    name: 'loosen-security',
    fault: 'a container has more rights than needed, because it did not start',
    places: (manifests) =>
      manifests.flatMap((manifest) =>
        sitesOf(manifest)
          .filter(
            ({ key, value }) =>
              `${key}` in loosened && JSON.stringify(value) !== JSON.stringify(loosened[`${key}`]),
          )
          .map(({ path, key, value }) =>
            placeIn(manifests, manifest, path, value, (object) =>
              put(object, path, loosened[`${key}`]),
            ),
          ),
      ),
  },
  {
    name: 'break-image',
    fault: 'an image is not pinned any more',
    places: (manifests) =>
      manifests.flatMap((manifest) =>
        sitesOf(manifest)
          .filter(({ key, value }) => key === 'image' && typeof value === 'string')
          .flatMap(({ path, value }) =>
            [
              value.replace(/:[^:/]+$/, ''),
              value.replace(/:[^:/]+$/, ':latest'),
              value.replace(/\d/, 'x'),
            ].map((image) =>
              placeIn(manifests, manifest, path, image, (object) => put(object, path, image)),
            ),
          ),
      ),
  },
  {
    name: 'shrink-limit',
    fault: 'a limit or a volume is ten times too small',
    places: (manifests) =>
      manifests.flatMap((manifest) =>
        sitesOf(manifest)
          .filter(
            ({ path, key, value }) =>
              typeof value === 'string' &&
              (path.at(-2) === 'limits' || key === 'storage' || key === 'sizeLimit') &&
              // The size in the template is not used, because the StatefulSet adopts existing
              // claims.
              !path.includes('volumeClaimTemplates'),
          )
          .map(({ path, value }) =>
            placeIn(manifests, manifest, path, value, (object) => put(object, path, tenth(value))),
          ),
      ),
  },
];

const units: Readonly<Record<string, number>> = {
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

const tenth = (quantity: string): string => {
  const [, number, unit = ''] = /^([\d.]+)(\w*)$/.exec(quantity) ?? [];
  return unit in units
    ? `${Math.ceil((Number(number) * units[unit]!) / 10 / 2 ** 20)}Mi`
    : `${Number(number) / 10}${unit}`;
};
