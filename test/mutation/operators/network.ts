import type { Manifest } from '../../../src/model/manifest.js';
import { filesIn, placeInFile } from '../file.js';
import { misspell, type Operator, placeIn, put, sitesIn, sitesOf, type Untyped } from '../place.js';

const policies = (manifests: readonly Manifest[]) =>
  manifests.filter(({ object }) => object.kind === 'NetworkPolicy');

const portFields = ['port', 'targetPort', 'containerPort', 'hostPort', 'number'];
const address = /(?<=[\w\])]:)\d{2,5}(?![\w.:])/g;

/** A text with each of its ports increased by one, one at a time. */
const portsMoved = (text: string): string[] =>
  [...text.matchAll(address)].map(
    (match) =>
      `${text.slice(0, match.index)}${Number(match[0]) + 1}${text.slice(match.index + match[0].length)}`,
  );

const host = /(?<=:\/\/|^|[\s,=@])([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?=[:/]|$)/g;

const hostsMisspelt = (text: string): string[] =>
  /:\/\/|:\d/.test(text)
    ? [...text.matchAll(host)]
        .filter(([name]) => /[a-z]/.test(name))
        .map(
          ({ index, 0: name }) =>
            `${text.slice(0, index)}${misspellHost(name)}${text.slice(index + name.length)}`,
        )
    : [];

const misspellHost = (name: string): string => {
  const [first = '', ...others] = name.split('.');
  return [misspell(first), ...others].join('.');
};

/** Texts of arguments and of configuration files, each with a change. */
const texts = (
  manifests: readonly Manifest[],
  changed: (text: string) => string[],
): ReturnType<Operator['places']> => [
  ...manifests.flatMap((manifest) =>
    sitesOf(manifest)
      .filter(({ path, value }) => typeof value === 'string' && path.includes('args'))
      .flatMap(({ path, value }) =>
        changed(value).map((text) =>
          placeIn(manifests, manifest, path, value, (object) => put(object, path, text)),
        ),
      ),
  ),
  ...filesIn(manifests)
    .filter(({ kind }) => kind === 'configuration')
    .flatMap((file) =>
      sitesIn(file.tree)
        .filter(({ value }) => typeof value === 'string')
        .flatMap(({ path, value }) =>
          changed(value).map((text) =>
            placeInFile(manifests, file, path, value, (tree) => put(tree, path, text)),
          ),
        ),
    ),
];

export const networkOperators: readonly Operator[] = [
  {
    name: 'change-port',
    fault: 'a port is changed at one place and not at the others',
    places: (manifests) => [
      ...manifests.flatMap((manifest) =>
        sitesOf(manifest)
          .filter(({ key, value }) => portFields.includes(`${key}`) && typeof value === 'number')
          .map(({ path, value }) =>
            placeIn(manifests, manifest, path, value, (object) => put(object, path, value + 1)),
          ),
      ),
      ...filesIn(manifests)
        .filter(({ kind }) => kind === 'configuration')
        .flatMap((file) =>
          sitesIn(file.tree)
            .filter(({ key, value }) => key === 'port' && typeof value === 'number')
            .map(({ path, value }) =>
              placeInFile(manifests, file, path, value, (tree) => put(tree, path, value + 1)),
            ),
        ),
      ...texts(manifests, portsMoved),
    ],
  },
  {
    name: 'misspell-host',
    fault: 'a host is mistyped in an address',
    places: (manifests) => texts(manifests, hostsMisspelt),
  },
  {
    name: 'swap-protocol',
    fault: 'TCP is written instead of UDP, or the other way round',
    places: (manifests) =>
      manifests.flatMap((manifest) =>
        sitesOf(manifest)
          .filter(({ key, value }) => key === 'protocol' && ['TCP', 'UDP'].includes(value))
          .map(({ path, value }) =>
            placeIn(manifests, manifest, path, value, (object) =>
              put(object, path, value === 'TCP' ? 'UDP' : 'TCP'),
            ),
          ),
      ),
  },
  {
    name: 'close-port',
    fault: 'a port or a peer is missing in a policy',
    places: (manifests) =>
      policies(manifests).flatMap((manifest) =>
        sitesOf(manifest)
          .filter(({ path, key }) => {
            const list = `${path.at(-2)}`;
            return (
              typeof key === 'number' && ['ports', 'from', 'to', 'ingress', 'egress'].includes(list)
            );
          })
          .map(({ path, value }) =>
            // An empty list would allow everything, so the rule is removed with its last peer or
            // port.
            placeIn(manifests, manifest, path, value, (object) => {
              const list = path.slice(0, -1);
              const alone = list.reduce<Untyped>((one, step) => one[step], object).length === 1;
              const rule = ['ingress', 'egress'].includes(`${list.at(-1)}`)
                ? path
                : path.slice(0, -2);
              return put(object, alone ? rule : path, undefined);
            }),
          ),
      ),
  },
  {
    name: 'open-peer',
    fault: 'a policy allows more than needed, because something did not work',
    places: (manifests) =>
      policies(manifests).flatMap((manifest) =>
        sitesOf(manifest).flatMap(({ path, key, value }) => {
          const wider =
            key === 'podSelector' && path.length > 2
              ? {}
              : key === 'namespaceSelector'
                ? {}
                : key === 'cidr'
                  ? `${value}`.includes(':')
                    ? '::/0'
                    : '0.0.0.0/0'
                  : key === 'except' || key === 'ports' || key === 'from' || key === 'to'
                    ? []
                    : undefined;
          if (wider === undefined || JSON.stringify(wider) === JSON.stringify(value)) return [];
          return [placeIn(manifests, manifest, path, value, (object) => put(object, path, wider))];
        }),
      ),
  },
];
