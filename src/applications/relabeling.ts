import { z } from 'zod';
import { type RelabelStep, relabelActions } from '../model/scrape-job.js';
import { allowed } from '../schema/allowed.js';
import { prometheusType } from '../schema/prometheus/type.js';

const fields = z.strictObject({
  sourceLabels: z.array(z.string()).optional(),
  separator: z.string().optional(),
  targetLabel: z.string().optional(),
  regex: z.string().optional(),
  modulus: z.int().optional(),
  replacement: z.string().optional(),
  action: z
    .string()
    .transform((action) => action.toLowerCase())
    .pipe(z.enum(['', ...relabelActions]))
    .optional(),
});

const names = {
  source_labels: 'sourceLabels',
  separator: 'separator',
  regex: 'regex',
  modulus: 'modulus',
  target_label: 'targetLabel',
  replacement: 'replacement',
  action: 'action',
} as const;

type Name = keyof typeof names;

const native = z.lazy(() => prometheusType()('relabel.Config'));

/** A relabelling step as the operator's objects have it, in Prometheus's notation. */
export const relabeling = fields
  .transform(({ sourceLabels = [], targetLabel, regex, modulus, action, ...rest }): RelabelStep => {
    const all: Readonly<Record<Name, unknown>> = {
      source_labels: sourceLabels.length > 0 ? sourceLabels : undefined,
      separator: rest.separator,
      regex: regex || undefined,
      modulus: modulus || undefined,
      target_label: targetLabel || undefined,
      replacement: rest.replacement,
      action: action === 'replace' || action === '' ? undefined : action,
    };
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  })
  .superRefine((step, context) => {
    const { error } = native.safeParse(step, { error: allowed, jitless: true });
    for (const { path, ...issue } of error?.issues ?? []) {
      const [name, ...rest] = path;
      context.addIssue({ ...issue, path: [names[name as Name] ?? name, ...rest] } as never);
    }
  });

export const relabelings = z.array(relabeling).optional();

// Prometheus discovers EndpointSlices; the operator discovers Endpoints by default, whose labels have other names:
// https://prometheus.io/docs/prometheus/latest/configuration/configuration/#endpoints
const ofEndpoints: Readonly<Record<string, string>> = {
  __meta_kubernetes_endpoints_name: '__meta_kubernetes_service_name',
  __meta_kubernetes_endpoint_port_name: '__meta_kubernetes_endpointslice_port_name',
  __meta_kubernetes_endpoint_port_protocol: '__meta_kubernetes_endpointslice_port_protocol',
  __meta_kubernetes_endpoint_ready: '__meta_kubernetes_endpointslice_endpoint_conditions_ready',
  __meta_kubernetes_endpoint_hostname: '__meta_kubernetes_endpointslice_endpoint_hostname',
  __meta_kubernetes_endpoint_node_name: '__meta_kubernetes_endpointslice_endpoint_node_name',
  __meta_kubernetes_endpoint_address_target_kind:
    '__meta_kubernetes_endpointslice_address_target_kind',
  __meta_kubernetes_endpoint_address_target_name:
    '__meta_kubernetes_endpointslice_address_target_name',
};

/** Steps about Endpoints, as steps about EndpointSlices. */
export const forEndpointSlices = (steps: readonly RelabelStep[]): RelabelStep[] =>
  steps.map((step) =>
    step.source_labels
      ? {
          ...step,
          source_labels: step.source_labels.map(
            (name) =>
              ofEndpoints[name] ??
              name.replace(
                /^__meta_kubernetes_endpoints_(?=label|annotation)/,
                '__meta_kubernetes_service_',
              ),
          ),
        }
      : step,
  );
