import { clientPort, type Endpoint } from '../model/endpoint.js';
import type { Finding } from '../model/finding.js';
import { selects } from '../model/label-selector.js';
import type { Party } from '../model/party.js';
import { applicationFinding } from './faults.js';
import { type Objects, podPort, type ServiceObject } from './object.js';

const inService = /^([a-z0-9-]+)\.([a-z0-9-]+)\.svc(?:\.|$)/;

/**
 * Servers at a Service of `applications/` whose policies allow another port than that of its pods: a policy sees the
 * port of the pods, since the node replaces the address of the Service before.
 * https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export const servicePortFaults = (
  parties: readonly Party[],
  objects: Objects,
  environment: { readonly name: string; readonly file: string },
): Finding[] =>
  parties.flatMap(({ name: party, endpoints, workloads, declaration }) => {
    // A monitor has the ports of its Service.
    if (!declaration || declaration.file) return [];
    return Object.entries(endpoints).flatMap(([name, endpoint]) => {
      const location = workloads[endpoint.workload ?? party];
      const [, host = '', namespace = ''] = inService.exec(endpoint.host ?? '') ?? [];
      const service = objects.services.find(
        (one) => one.name === host && one.namespace === namespace,
      );
      if (location?.kind !== 'pods' || !service?.selector || service.isHeadless) return [];
      const fault = faultOf(service, endpoint, objects, declaration.path);
      if (!fault) return [];
      const { name: environmentName, file } = environment;
      const inParty = /^parties\[\d+\]$/.test(declaration.path);
      const path = inParty ? `${declaration.path}.endpoints.${name}.port` : declaration.path;
      return [
        applicationFinding({ ...fault, place: { environment: environmentName, file, path } }),
      ];
    });
  });

const faultOf = (
  { name, namespace = '', application, selector = {}, ports }: ServiceObject,
  endpoint: Endpoint,
  objects: Objects,
  option: string,
) => {
  const port = clientPort(endpoint);
  const found = ports.find((one) => one.port === port);
  if (!found) {
    return {
      fault: 'no-service-port' as const,
      message: `The Service ${name} in ${namespace} has no port ${port}.`,
      value: port,
      remedy: `Use one of its ports: ${ports.map((one) => one.port).join(', ')}.`,
    };
  }
  const { targetPort: target } = found;
  const ofPods =
    typeof target === 'number'
      ? target
      : podPort(
          objects,
          (labels) => selects({ matchLabels: selector }, labels),
          [namespace, application],
          target,
        );
  if (ofPods === undefined || ofPods === endpoint.port) return undefined;
  return {
    fault: 'other-pod-port' as const,
    message: `The Service ${name} in ${namespace} maps its port ${port} to port ${ofPods} of its pods, but the policies allow port ${endpoint.port}.`,
    value: endpoint.port,
    remedy: remedyFor(option, `${endpoint.host}:${port}`, port, ofPods),
  };
};

const remedyFor = (option: string, address: string, port: number, ofPods: number): string => {
  if (option.startsWith('parties')) return `Set port to ${ofPods}, and servicePort to ${port}.`;
  if (option.startsWith('prometheus.scrapeConfigs')) {
    return `Set podPorts: { '${address}': ${ofPods} } beside config.`;
  }
  return `Set port: ${ofPods} in the place of its pods (at).`;
};
