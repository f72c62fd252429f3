import type { Finding } from '../../model/finding.js';
import type { Manifest } from '../../model/manifest.js';
import { suggest } from '../../model/suggestion.js';
import { selects } from '../network/selector.js';
import { listOf, recordOf } from '../reference/lenient.js';
import type { Place } from './place.js';
import type { Directory } from './resolve.js';

type Result = Omit<Finding, 'check'>;

/** Whether servers say of themselves what people call them, where an Ingress or a route of ours leads to them. */
export const unknownHosts = (places: readonly Place[], { manifests }: Directory): Result[] =>
  places.flatMap(({ template, called }) => {
    const services = manifests
      .filter(({ object: { kind, metadata, spec } }) =>
        kind === 'Service' && metadata.namespace === template.namespace
          ? selects({ matchLabels: recordOf(spec?.selector) }, template.labels)
          : false,
      )
      .map(({ object }) => object.metadata.name);
    const hosts = manifests.flatMap(({ object }) => hostsOf(object, template.namespace, services));
    return called
      .filter(({ host }) => hosts.length > 0 && !hosts.includes(host))
      .map(({ path, value, host, at }) => {
        const suggestion = suggest(host, hosts);
        return at({
          path,
          message:
            'People do not come by this address: none of the routes that lead here has the host.',
          value,
          remedy: `Use ${hosts.join(' or ')}.`,
          ...(suggestion && { suggestion }),
        });
      });
  });

/** The hosts by which an Ingress or HTTPRoute leads to one of the Services. */
const hostsOf = (
  { kind, metadata, spec }: Manifest['object'],
  namespace: string,
  services: readonly string[],
): string[] => {
  if (metadata.namespace !== namespace) return [];
  if (kind === 'HTTPRoute') {
    const leads = listOf(spec?.rules).some(({ backendRefs }) =>
      listOf(backendRefs).some(({ name }) => services.includes(name)),
    );
    return leads ? listOf(spec?.hostnames) : [];
  }
  if (kind !== 'Ingress') return [];
  return listOf(spec?.rules)
    .filter(({ http }) =>
      listOf(http?.paths).some(({ backend }) => services.includes(backend?.service?.name)),
    )
    .map(({ host }) => `${host}`);
};
