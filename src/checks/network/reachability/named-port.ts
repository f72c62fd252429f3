import type { CheckInput } from '../../../model/check.js';
import { type Manifest, titleOf } from '../../../model/manifest.js';
import { listOf, recordOf } from '../../support/untyped.js';
import type { Result } from './faults.js';

/**
 * Names of ports in a NetworkPolicy. Cilium resolves them; OVN-Kubernetes, the plugin of OpenShift, does not.
 * https://github.com/ovn-kubernetes/ovn-kubernetes/issues/2117
 * https://github.com/antrea-io/antrea/issues/241
 * https://github.com/cloudnativelabs/kube-router/pull/648
 */
export const namedPorts = (
  { object, construct }: Manifest,
  { networkPlugin, numericPolicyPorts }: Pick<CheckInput, 'networkPlugin' | 'numericPolicyPorts'>,
): Result[] => {
  if (object.kind !== 'NetworkPolicy' || networkPlugin === 'cilium') return [];
  const spec = recordOf(object.spec);
  return (['ingress', 'egress'] as const).flatMap((direction) =>
    listOf(spec[direction]).flatMap(({ ports }, rule) =>
      listOf(ports).flatMap(({ port }, index): Result[] =>
        typeof port !== 'string'
          ? []
          : [
              {
                place: {
                  object: titleOf(object),
                  construct,
                  path: `spec.${direction}[${rule}].ports[${index}].port`,
                },
                fault: 'named-port',
                value: port,
                ...(numericPolicyPorts && {
                  severity: 'error' as const,
                  why: 'The network plugin of the platform, OVN-Kubernetes, does not support names of ports.',
                }),
              },
            ],
      ),
    ),
  );
};
