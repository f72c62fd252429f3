import { bareAddress } from '../config/server.js';
import type { Finding, Place } from '../model/finding.js';
import type { Location } from '../model/location.js';
import type { Declaration } from '../model/party.js';
import { suggest } from '../model/suggestion.js';
import { applicationFinding } from './faults.js';

/** A target of a Probe that a module of the environment probes, as an entry of the option `probes`. */
export interface ProbeTarget {
  readonly name: string;
  /** Host and port; for DNS, the port can be omitted. */
  readonly target: string;
  readonly module: string;
  readonly interval?: string;
  readonly at: Location & { readonly port?: number };
  readonly declaration: Declaration;
  /** Why the certificate is not verified. */
  readonly unverified?: string;
  /** The place of the name of the module. */
  readonly of: Place;
}

/** The modules of an environment, by their names. */
export type Modules = Readonly<Record<string, { readonly prober: string }>>;

/** The part of a module with the settings of its connection. */
const settingsOf = (module: Modules[string]): { tls_config?: { insecure_skip_verify?: boolean } } =>
  Object(Object(module)[module.prober]);

/** A target whose module verifies no certificate states this as the reason. */
export const withReason = (one: ProbeTarget, modules: Modules): ProbeTarget => {
  const module = Object.hasOwn(modules, one.module) ? modules[one.module] : undefined;
  return module && settingsOf(module).tls_config?.insecure_skip_verify
    ? { ...one, unverified: `The module ${one.module} sets insecure_skip_verify` }
    : one;
};

/** Why modules of an environment cannot probe targets: once for each Probe, and for each target without a port. */
export const moduleFaults = (
  targets: readonly ProbeTarget[],
  modules: Modules,
  pages: readonly string[],
): Finding[] => {
  const names = [...pages, ...Object.keys(modules)];
  const ofProbes = new Map(targets.map((one) => [one.of, one]));
  return [
    ...[...ofProbes.values()].flatMap(({ module, of }): Finding[] => {
      if (Object.hasOwn(modules, module)) return [];
      const suggestion = suggest(module, names);
      return [
        applicationFinding({
          fault: 'unknown-module',
          place: of,
          value: module,
          remedy: `Use one of ${names.join(', ')}, or add it to blackboxExporter.modules of the environment. To use the prober that the Probe names, add its Service as YAML to applications/, and write prober.url as name.namespace.svc:port.`,
          ...(suggestion && { suggestion }),
        }),
      ];
    }),
    ...targets.flatMap((one): Finding[] =>
      proberOfModule(one, modules) === 'icmp' ? icmpFaults(one) : [],
    ),
    ...targets.flatMap(({ module, target, of }): Finding[] =>
      !Object.hasOwn(modules, module) ||
      ['dns', 'icmp'].includes(modules[module]!.prober) ||
      /:\d+$/.test(target)
        ? []
        : [
            applicationFinding({
              fault: 'invalid-value',
              place: of,
              message: `The module ${module} needs a host and a port, and the target has no port.`,
              value: target,
              remedy: `Write the port, such as ${target}:443.`,
            }),
          ],
    ),
  ];
};

const proberOfModule = ({ module }: ProbeTarget, modules: Modules): string | undefined =>
  Object.hasOwn(modules, module) ? modules[module]?.prober : undefined;

/** ICMP has no ports, and a policy opens every port of the target: it must be a single address. */
const icmpFaults = ({ module, target, of }: ProbeTarget): Finding[] =>
  bareAddress(target) === undefined
    ? [
        applicationFinding({
          fault: 'invalid-value',
          place: of,
          message: `The module ${module} sends ICMP, for which a policy opens every port of the target.`,
          value: target,
          remedy:
            'Write an IP address without a port. The address of a Service does not answer ICMP.',
        }),
      ]
    : [];
