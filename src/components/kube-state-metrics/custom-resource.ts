import { z } from 'zod';
import { loadCatalogue } from '../../catalogues/catalogue.js';
import { objectName } from '../../config/fields.js';
import type { PolicyRule } from '../../model/access.js';
import type { DeclaredMetric } from '../../model/offer.js';
import { labelName, text } from '../../schema/format.js';
import type { Report } from '../definition.js';

// https://github.com/kubernetes/kube-state-metrics/blob/v2.20.0/pkg/customresourcestate

/** Keys of fields from the root of the object; `'0'` is an index, and `[key=value]` finds an item of a list. */
const path = z.array(
  z
    .string({ error: "a key, an index such as '0', or '[key=value]' for an item of a list" })
    .regex(/^(\[.*=.*\]|[^[].*|\[.*[^\]])$/),
  { error: "a list of keys such as ['status', 'replicas']" },
);

const labelsFromPath = z.record(labelName, path);

const labels = {
  /** Labels with fixed values. */
  commonLabels: z.record(labelName, z.string()).optional(),
  /** Labels whose values are those of fields. */
  labelsFromPath: labelsFromPath.optional(),
};

/** A kind of metric, whose name kube-state-metrics reads in any case. */
const kind = <const Name extends string>(name: Name) =>
  z.literal([name, name.toLowerCase(), `${name[0]!.toUpperCase()}${name.slice(1)}`]);

const types = "'gauge', 'info' or 'stateSet'";

const each = z.discriminatedUnion(
  'type',
  [
    z.strictObject({
      type: kind('gauge'),
      gauge: z.strictObject({
        path: path.optional(),
        labelFromKey: labelName.optional(),
        labelsFromPath: labelsFromPath.optional(),
        valueFrom: path.optional(),
        nilIsZero: z.boolean().optional(),
      }),
    }),
    z.strictObject({
      type: kind('info'),
      info: z
        .strictObject({
          path: path.optional(),
          labelFromKey: labelName.optional(),
          labelsFromPath: labelsFromPath.optional(),
        })
        .refine((one) => one.labelFromKey || Object.keys(one.labelsFromPath ?? {}).length > 0, {
          error: 'an object with labelsFromPath or labelFromKey: without a label it has no series',
        }),
    }),
    z.strictObject({
      type: kind('stateSet'),
      stateSet: z.strictObject({
        path: path.optional(),
        labelName,
        labelsFromPath: labelsFromPath.optional(),
        valueFrom: path.optional(),
        list: z.array(text).min(1),
      }),
    }),
  ],
  {
    // An object has an invalid type.
    error: (issue?: { readonly input?: unknown }) =>
      issue?.input === Object(issue?.input) ? types : `an object whose type is ${types}`,
  },
);

const metricName = z
  .string({ error: "a name of letters, digits and _ such as 'ready'" })
  .regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/);

const group = z
  .string({ error: "the group of a CustomResourceDefinition such as 'cert-manager.io'" })
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)+$/);

/** One of `spec.resources` of the configuration of kube-state-metrics, with its native fields. */
export const customResource = z.strictObject({
  /** The custom resource. Without a version, all versions that the API server serves. */
  groupVersionKind: z.strictObject({
    group,
    version: z.string().optional(),
    kind: z
      .string({ error: "the kind of a CustomResourceDefinition such as 'Certificate'" })
      .regex(/^[A-Z][A-Za-z0-9]*$/),
  }),
  /** Its plural in the CustomResourceDefinition, for the permission to list and watch it. */
  resourcePlural: objectName,
  /** What the names of its metrics start with. @default 'kube_customresource' */
  metricNamePrefix: z
    .string({ error: "'' or a name of letters, digits and _ such as 'certificate'" })
    .regex(/^([a-zA-Z_][a-zA-Z0-9_]*)?$/)
    .optional(),
  ...labels,
  errorLogV: z.int().min(0).optional(),
  /** Its metrics. */
  metrics: z
    .array(
      z.strictObject({
        name: metricName,
        help: z.string().optional(),
        ...labels,
        errorLogV: z.int().min(0).optional(),
        each,
      }),
    )
    .min(1),
});

export type CustomResource = z.output<typeof customResource>;
type Metric = CustomResource['metrics'][number];

const nameOf = ({ metricNamePrefix = 'kube_customresource' }: CustomResource, { name }: Metric) =>
  [metricNamePrefix, name].filter(Boolean).join('_');

/** The names of its metrics as exposed. */
export const customMetrics = (one: CustomResource): string[] =>
  one.metrics.map((metric) => nameOf(one, metric));

const alwaysThere = ['customresource_group', 'customresource_kind', 'customresource_version'];

const labelsOf = ({ commonLabels, labelsFromPath: paths }: Pick<Metric, keyof typeof labels>) => [
  ...Object.keys(commonLabels ?? {}),
  ...Object.keys(paths ?? {}),
];

const ownLabels = (of: Metric['each']): string[] => {
  if ('stateSet' in of)
    return [of.stateSet.labelName, ...Object.keys(of.stateSet.labelsFromPath ?? {})];
  const { labelFromKey, labelsFromPath: paths } = 'gauge' in of ? of.gauge : of.info;
  return [...(labelFromKey ? [labelFromKey] : []), ...Object.keys(paths ?? {})];
};

/** Its metrics with their labels. Several resources can have a metric of the same name. */
export const declaredCustom = (
  resources: readonly CustomResource[],
): Record<string, DeclaredMetric> => {
  const found = new Map<string, Set<string>>();
  for (const one of resources) {
    for (const metric of one.metrics) {
      const name = nameOf(one, metric);
      const all = [
        ...alwaysThere,
        ...labelsOf(one),
        ...labelsOf(metric),
        ...ownLabels(metric.each),
      ];
      found.set(name, new Set([...(found.get(name) ?? []), ...all]));
    }
  }
  return Object.fromEntries(
    [...found].map(([name, names]) => [name, { type: 'gauge', labels: [...names] } as const]),
  );
};

/** The permissions: kube-state-metrics finds the custom resources by their definitions. */
export const customRules = (resources: readonly CustomResource[]): PolicyRule[] => {
  if (resources.length === 0) return [];
  const groups = [...new Set(resources.map((one) => one.groupVersionKind.group))];
  return [
    { group: 'apiextensions.k8s.io', plurals: ['customresourcedefinitions'] },
    ...groups.map((one) => ({
      group: one,
      plurals: resources
        .filter(({ groupVersionKind }) => groupVersionKind.group === one)
        .map(({ resourcePlural }) => resourcePlural),
    })),
  ].map(({ group: apiGroup, plurals }) => ({
    apiGroups: [apiGroup],
    resources: [...new Set(plurals)],
    verbs: ['list', 'watch'],
  }));
};

/** A metric has one meaning: its name is not that of a metric about Kubernetes's own objects. */
export const ownNames = (given: unknown, report: Report): void => {
  const known = loadCatalogue('kube-state-metrics').metrics;
  const { data } = z.array(customResource).safeParse(given ?? []);
  data?.forEach((one, index) => {
    one.metrics.forEach((metric, at) => {
      if (nameOf(one, metric) in known)
        report(
          ['customResources', index, 'metrics', at, 'name'],
          `another name: kube-state-metrics has ${nameOf(one, metric)} about other objects`,
        );
    });
  });
};
