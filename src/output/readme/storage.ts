import type { LocatedParty } from '../../derive/locate.js';
import type { Environment } from '../../environment/environment.js';
import { storageClassOf } from '../../environment/setting.js';
import type { Manifest } from '../../model/manifest.js';
import { formatBytes } from '../../model/quantity.js';
import type { Totals } from '../total.js';
import { bullets, code, table } from './markdown.js';

/** The volumes, and the retention of the data on them. */
export const storage = (
  environment: Environment,
  parties: readonly LocatedParty[],
  manifests: readonly Manifest[],
  { claims }: Totals,
): string[] =>
  claims.length === 0
    ? []
    : [
        '## Volumes',
        bullets([
          ...parties.flatMap(({ readme }) => readme?.volumes ?? []),
          ...templateFacts(environment, manifests),
        ]),
        table(
          ['claim', 'size'],
          claims.map(({ name, bytes }) => [code(name), formatBytes(bytes)]),
        ),
      ];

/** The claim that a StatefulSet makes if one is missing, and how to restore its size. */
const templateFacts = (environment: Environment, manifests: readonly Manifest[]): string[] => {
  const sizes = manifests.flatMap(({ object }) =>
    templatesOf(object.spec).map((size) => [nameOf(object), size] as const),
  );
  const [first] = new Set(sizes.map(([, size]) => size));
  const isOne = sizes.every(([, size]) => size === first);
  const stated = isOne ? first : sizes.map(([name, size]) => `${name} ${size}`).join(', ');
  const again = storageClassOf(environment)?.expandable
    ? 'apply this folder again (server-side with `--force-conflicts`, since the size belongs to the controller that made the claim), and the claim grows to the size below'
    : 'scale the StatefulSet to 0, delete the new claim, and apply this folder again, since volumes of this class cannot grow';
  return [
    `A StatefulSet replaces a missing claim with one of the size in its template, which cannot change: ${stated}. After the loss of a claim, ${again}.`,
    'Change the number of replicas in the environment, not with `kubectl scale`: the manifests then contain the claims of new replicas in full size.',
  ];
};

const nameOf = ({ metadata }: Manifest['object']): string =>
  metadata.labels?.['app.kubernetes.io/name'] ?? metadata.name;

const templatesOf = (spec: Manifest['object']['spec']): string[] =>
  (spec?.volumeClaimTemplates ?? []).map(
    // biome-ignore lint/suspicious/noExplicitAny: a claim template as it ships
    (one: any) => `${one.spec?.resources?.requests?.storage}`,
  );
