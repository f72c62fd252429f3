import type { Manifest } from '../../../src/model/manifest.js';
import { misspell, type Operator, type Place, placeIn, put, type Site, sitesOf } from '../place.js';

const inContainers = ({ path }: Site): boolean =>
  path.includes('containers') || path.includes('initContainers');

const isPortName = ({ path, key, value }: Site): boolean =>
  typeof value === 'string' &&
  (key === 'targetPort' ||
    (key === 'port' && path.some((step) => /Probe$/.test(`${step}`))) ||
    (key === 'port' && path.includes('ingress')));

/** A port of the kubelet, and that of node-exporter. */
const taken = [10250, 9100];

const places = (
  manifests: readonly Manifest[],
  fits: (site: Site) => boolean,
  changes: (site: Site) => readonly unknown[],
): Place[] =>
  manifests.flatMap((manifest) =>
    sitesOf(manifest)
      .filter(fits)
      .flatMap((site) =>
        changes(site).map((value) =>
          placeIn(manifests, manifest, site.path, site.value, (object) =>
            put(object, site.path, value),
          ),
        ),
      ),
  );

/** Faults of the names of ports, and of ports of nodes. */
export const portOperators: readonly Operator[] = [
  {
    name: 'misspell-port-name',
    fault: 'the name of a port is mistyped where a Service, a probe or a policy uses it',
    places: (manifests) => places(manifests, isPortName, ({ value }) => [misspell(value)]),
  },
  {
    name: 'take-node-port',
    fault: 'a container gets a port of its node that another process has',
    places: (manifests) =>
      places(
        manifests,
        (site) => inContainers(site) && site.path.at(-2) === 'ports',
        ({ value }) => taken.map((hostPort) => ({ ...value, hostPort })),
      ),
  },
];
