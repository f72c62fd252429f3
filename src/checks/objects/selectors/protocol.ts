import type { Connection } from '../../../model/connection.js';
import type { Endpoint } from '../../../model/endpoint.js';
import type { KubernetesObject } from '../../../model/manifest.js';
import { suggest } from '../../../model/suggestion.js';
import { isAt, isServed, type PodTemplate } from '../../support/pod/template.js';
import { listOf, recordOf } from '../../support/untyped.js';
import type { SelectorsFault } from './faults.js';

// Crowsnest writes the first one; service meshes treat the others in the same way.
const protocols: Readonly<Record<NonNullable<Endpoint['scheme']>, readonly string[]>> = {
  http: ['http', 'kubernetes.io/ws'],
  https: ['https', 'kubernetes.io/wss'],
  grpc: ['kubernetes.io/h2c', 'grpc', 'http2'],
  tcp: ['tcp'],
};

/** Ports of a Service whose appProtocol differs from the scheme of their endpoint. */
export const protocolFaults = (
  object: KubernetesObject,
  near: readonly PodTemplate[],
  connections: readonly Connection[],
): SelectorsFault[] => {
  const selected = near.filter((one) => isServed(object, one));
  return listOf(recordOf(object.spec).ports).flatMap(({ port, name, appProtocol }, index) => {
    if (appProtocol === undefined) return [];
    const endpoint = connections.find(
      (one) =>
        one.endpoint.port === port &&
        (one.endpoint.protocol ?? 'TCP') === 'TCP' &&
        selected.some((template) => isAt(template, one.provider.location)),
    )?.endpoint;
    const scheme = endpoint ? (endpoint.scheme ?? 'http') : namedScheme(`${name}`);
    const allowed = scheme ? protocols[scheme] : Object.values(protocols).flat();
    if (allowed.includes(appProtocol) || (!scheme && `${appProtocol}`.includes('/'))) return [];
    const suggestion = suggest(`${appProtocol}`, allowed);
    return [
      {
        path: `spec.ports[${index}].appProtocol`,
        fault: 'other-application-protocol' as const,
        message: scheme
          ? `The endpoint of this port uses ${scheme}.`
          : 'The application protocol is unknown.',
        value: appProtocol,
        remedy: `Set it to ${allowed[0]}, or remove it.`,
        ...(suggestion && { suggestion }),
      },
    ];
  });
};

/** The scheme from the name of a port, for a port without connections. */
const namedScheme = (name: string): Endpoint['scheme'] =>
  (['grpc', 'https', 'http'] as const).find((scheme) => name.split('-').includes(scheme));
