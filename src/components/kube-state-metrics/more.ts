import { z } from 'zod';
import { loadCatalogue } from '../../catalogues/catalogue.js';
import { labelKey } from '../../config/fields.js';
import type { DeclaredMetric } from '../../model/offer.js';
import type { Report, Unvalidated } from '../definition.js';
import {
  type CustomResource,
  customMetrics,
  customResource,
  declaredCustom,
} from './custom-resource.js';
import { type WatchedResource, watchedResources } from './resource.js';
import { type SupportedResource, supportedResources } from './supported.js';

const supported: Readonly<Record<string, SupportedResource>> = supportedResources;
const always = watchedResources.map(({ resource }) => resource);

const metricOf = (resource: string, kind: 'labels' | 'annotations'): string | undefined =>
  Object.keys(supported[resource]!.metrics).find((name) => name.endsWith(`_${kind}`));

const names = z
  .array(labelKey, { error: 'a list of names: each becomes a label of the series' })
  .min(1);
const byResource = (kind: 'labels' | 'annotations') =>
  z.partialRecord(z.enum(Object.keys(supported).filter((name) => metricOf(name, kind))), names);

/** What kube-state-metrics reports besides what the shipped content needs. */
export const moreOptions = {
  /**
   * Further resources, with the permission to list and watch them, and with all their metrics. The list of
   * Secrets has their contents: the check `least-privilege` rejects it without a waiver.
   */
  resources: z
    .array(z.enum(Object.keys(supported).filter((name) => !always.includes(name))))
    .default([]),
  /** Kubernetes labels on the series of `kube_<resource>_labels`: `{ pods: ['team'] }`. */
  labels: byResource('labels').default({}),
  /** Kubernetes annotations on the series of `kube_<resource>_annotations`. */
  annotations: byResource('annotations').default({}),
  /**
   * Metrics about custom resources, with the native fields of `spec.resources`, and the permission to list and
   * watch them and the CustomResourceDefinitions.
   */
  customResources: z.array(customResource).default([]),
};

/** The validated options. */
export interface More {
  readonly resources: readonly string[];
  readonly labels: Names;
  readonly annotations: Names;
  readonly customResources: readonly CustomResource[];
}

type Names = Readonly<Partial<Record<string, readonly string[]>>>;

/** Everything that is watched, with the metrics that are always exposed. */
export const watchedWith = (more: More): readonly WatchedResource[] =>
  [
    ...watchedResources,
    ...more.resources.map(
      (resource): WatchedResource => ({
        resource,
        apiGroup: supported[resource]!.apiGroup,
        metrics: Object.keys(supported[resource]!.metrics).filter(
          (name) => !/_(labels|annotations|metadata_resource_version)$/.test(name),
        ),
      }),
    ),
  ].map((one) => ({ ...one, metrics: [...one.metrics, ...listedMetrics(one.resource, more)] }));

const kinds = ['labels', 'annotations'] as const;

const listedMetrics = (resource: string, more: More): string[] =>
  kinds.flatMap((kind) => (more[kind][resource] ? (metricOf(resource, kind) ?? []) : []));

/** The metrics that are always exposed. */
export const alwaysExposed = (more: More): string[] => [
  ...watchedWith(more).flatMap(({ metrics }) => metrics),
  ...new Set(more.customResources.flatMap(customMetrics)),
];

/** The metrics of the page: those of the catalogue, and those of the options; undefined without options. */
export const declaredWith = (more: More): Record<string, DeclaredMetric> | undefined => {
  const listed = kinds.flatMap((kind) =>
    Object.entries(more[kind]).map(([resource, keys = []]) => [
      metricOf(resource, kind)!,
      [
        ...supported[resource]!.metrics[metricOf(resource, kind)!]!,
        ...keys.map((key) => `${kind === 'labels' ? 'label' : 'annotation'}_${snakeCase(key)}`),
      ],
    ]),
  );
  const added = more.resources.flatMap((one) =>
    Object.entries(supported[one]!.metrics).filter(
      ([name]) => !/_(labels|annotations)$/.test(name),
    ),
  );
  const custom = declaredCustom(more.customResources);
  if (listed.length + added.length + Object.keys(custom).length === 0) return undefined;
  const gauges = Object.fromEntries(
    [...added, ...listed].map(([name, labels]) => [
      `${name}`,
      { type: 'gauge' as const, labels: labels as readonly string[] },
    ]),
  );
  return { ...loadCatalogue('kube-state-metrics').metrics, ...gauges, ...custom };
};

/** https://github.com/kubernetes/kube-state-metrics/blob/v2.20.0/internal/store/utils.go */
const snakeCase = (key: string): string =>
  key
    .replace(/\W/g, '_')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase();

/** The flags for labels and annotations. */
export const allowlists = (more: More): string[] =>
  kinds.flatMap((kind) => {
    const entries = Object.entries(more[kind]).map(
      ([name, keys = []]) => `${name}=[${keys.join(',')}]`,
    );
    return entries.length > 0 ? [`--metric-${kind}-allowlist=${entries.join(',')}`] : [];
  });

/** Labels and annotations are those of watched resources. */
export const watchedOnly = (options: Unvalidated, report: Report): void => {
  const { resources } = options;
  const watched = [...always, ...(Array.isArray(resources) ? resources : [])];
  for (const kind of kinds) {
    for (const name of Object.keys(Object(options[kind]))) {
      if (watched.includes(name) || !(name in supported)) continue;
      report([kind, name], `nothing: add '${name}' to resources, or it is not watched`);
    }
  }
};
