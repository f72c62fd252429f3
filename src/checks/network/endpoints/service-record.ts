import { suggest } from '../../../model/suggestion.js';
import { selects } from '../../support/selector.js';
import { listOf, recordOf, type Untyped } from '../../support/untyped.js';
import type { EndpointsFault } from './faults.js';
import { type Directory, portsOf } from './resolve.js';

type Fault = Pick<EndpointsFault, 'fault' | 'message' | 'remedy' | 'suggestion'>;

/** The namespace and the Service in a name, and what is before them. */
const partsOf = (name: string) => {
  const [, labels = ''] = /^(.+)\.svc(?:\.|$)/.exec(name) ?? [];
  const [namespace = '', service = '', ...before] = labels.split('.').reverse();
  return { namespace, service, before: before.reverse() };
};

/**
 * Why a lookup of a Service that ships finds no target. Only named ports have SRV records of their own, by their
 * protocol; without `_port._protocol`, CoreDNS answers with the records of all ports. It ignores the underscores.
 * https://github.com/kubernetes/dns/blob/master/docs/specification.md (2.3.2, 2.4.2)
 * https://github.com/coredns/coredns/blob/v1.14.2/plugin/kubernetes/parse.go (parseRequest)
 */
export const serviceFault = (
  name: string,
  port: number | undefined,
  { manifests, namespaces, templates }: Directory,
): Fault | undefined => {
  const { namespace, service, before } = partsOf(name);
  if (!namespaces.has(namespace)) return undefined;
  const services = manifests.filter(
    ({ object: { kind, metadata } }) => kind === 'Service' && metadata.namespace === namespace,
  );
  const names = services.map(({ object }) => object.metadata.name);
  const spec: Untyped | undefined = services.find(({ object }) => object.metadata.name === service)
    ?.object.spec;
  if (!spec) {
    const suggestion = suggest(service, names);
    return {
      fault: 'unknown-service',
      message: `Service '${service}' does not exist in ${namespace}.`,
      remedy: `Use one of ${names.join(', ')}.`,
      ...(suggestion && { suggestion }),
    };
  }
  const ports = listOf(spec.ports);
  // A single name without underscore is that of a pod of a headless Service.
  if (before.length === 1 && !before[0]!.startsWith('_')) return undefined;
  if (before.length > 0) {
    const known = ports.flatMap((one) =>
      one.name ? [`_${one.name}._${`${one.protocol ?? 'TCP'}`.toLowerCase()}`] : [],
    );
    const wanted = before.map((one) => one.replace(/^_?/, '_')).join('.');
    if (known.includes(wanted)) return undefined;
    const suggestion = suggest(wanted, known);
    return {
      fault: 'unknown-service-port',
      message: `Service '${service}' has no port with the SRV record ${before.join('.')}.`,
      remedy: `Use one of ${known.join(', ')}.`,
      ...(suggestion && { suggestion }),
    };
  }
  if (port === undefined) return undefined;
  // A headless Service has the addresses of its pods, which have their own ports.
  const pods = templates.filter(
    (one) =>
      one.namespace === namespace && selects({ matchLabels: recordOf(spec.selector) }, one.labels),
  );
  const open =
    spec.clusterIP === 'None'
      ? pods.flatMap((one) => portsOf(one).map(({ port: number }) => number))
      : ports.map((one) => one.port);
  if (open.includes(port)) return undefined;
  return {
    fault: 'unknown-service-port',
    message: `Service '${service}' leads to no port ${port}.`,
    remedy: `Use one of ${[...new Set(open)].join(', ')}.`,
  };
};
