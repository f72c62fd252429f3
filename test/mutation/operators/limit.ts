import type { Manifest } from '../../../src/model/manifest.js';
import { type Operator, placeIn, put, type Site, sitesOf, valueAt } from '../place.js';

/** The sites of a kind, each with wrong values that users set. */
const places = (
  manifests: readonly Manifest[],
  wrong: (site: Site, manifest: Manifest) => readonly unknown[],
) =>
  manifests.flatMap((manifest) =>
    sitesOf(manifest).flatMap((site) =>
      wrong(site, manifest).map((value) =>
        placeIn(manifests, manifest, site.path, value, (object) => put(object, site.path, value)),
      ),
    ),
  );

const appProtocols = ['http', 'https', 'kubernetes.io/h2c'];

export const limitOperators: readonly Operator[] = [
  {
    name: 'misfit-process-limit',
    fault: 'a limit that a process sets itself does not fit its memory limit',
    places: (manifests) =>
      places(manifests, ({ path, value }, { object }) => {
        if (
          path.at(-1) === 'value' &&
          valueAt(object, [...path.slice(0, -1), 'name']) === 'GOMEMLIMIT'
        ) {
          const { resources } = valueAt(object, path.slice(0, -3));
          return [
            `${resources.limits.memory}B`,
            value.replace('MiB', 'GiB'),
            value.replace('iB', ''),
          ];
        }
        return path.at(-2) === 'args' && /^--query\.max-/.test(`${value}`) ? [`${value}0`] : [];
      }),
  },
  {
    name: 'change-app-protocol',
    fault: 'the protocol of a port is copied from another port',
    places: (manifests) =>
      places(manifests, ({ key, value }) =>
        key === 'appProtocol' ? appProtocols.filter((one) => one !== value) : [],
      ),
  },
  {
    name: 'select-by-version',
    fault: 'a selector is copied from the labels, with the version',
    places: (manifests) =>
      places(manifests, ({ key, value, path }, { object }) =>
        (key === 'matchLabels' && path[0] === 'spec') ||
        (key === 'selector' && object.kind === 'Service')
          ? [{ ...value, 'app.kubernetes.io/version': '1.0.0' }]
          : [],
      ),
  },
];
