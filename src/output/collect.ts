import { ApiObject, type App, Chart } from 'cdk8s';
import type { Finding } from '../model/finding.js';
import { type KubernetesObject, type Manifest, titleOf } from '../model/manifest.js';
import { podTemplateIn, withPodTemplate } from '../model/pod-template.js';
import { type PatchFault, patchedBy, patchFinding } from './patch.js';

/** What an environment adds to every object. */
export interface Finish {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** AppArmor profile of every pod. */
  readonly appArmor?: string;
  readonly patch?: (object: Record<string, unknown>) => unknown;
}

export interface Collected {
  readonly manifests: readonly Manifest[];
  readonly findings: readonly Finding[];
}

/** Converts constructs to plain objects, with the environment's labels, annotations and patch. */
export const collect = (app: App, finish: Finish): Collected => {
  const faults: PatchFault[] = [];
  const manifests = app.node
    .findAll()
    .filter(ApiObject.isApiObject)
    .map((construct): Manifest => {
      const object = decorate(construct.toJson(), finish);
      const path = construct.node.path;
      const { object: patched = object, fault } = patchedBy(finish.patch, object);
      if (fault)
        faults.push({
          ...fault,
          place: { object: titleOf(object), construct: path, ...fault.place },
        });
      return {
        object: patched,
        construct: path,
        chart: Chart.of(construct).node.id,
        patched: patched !== object && JSON.stringify(patched) !== JSON.stringify(object),
      };
    });
  return { manifests, findings: patchFinding(faults) };
};

/** Adds metadata to the object and its pods; never to a claim template, which is immutable. */
const decorate = (object: KubernetesObject, finish: Finish): KubernetesObject => {
  const template = podTemplateIn(object);
  const decorated = { ...object, metadata: withMetadata(object.metadata, finish) };
  if (!template?.metadata) return decorated;
  return withPodTemplate(decorated, {
    ...template,
    metadata: withMetadata(template.metadata, finish),
    spec: withAppArmor(template.spec, finish),
  });
};

/** The types of cdk8s-plus are older than this field, and drop it. */
const withAppArmor = (spec: KubernetesObject['spec'], { appArmor: type }: Finish) =>
  type === undefined
    ? spec
    : { ...spec, securityContext: { appArmorProfile: { type }, ...spec.securityContext } };

const withMetadata = (
  metadata: KubernetesObject['metadata'],
  { labels, annotations }: Finish,
): KubernetesObject['metadata'] => ({
  ...metadata,
  ...merged('annotations', annotations, metadata.annotations),
  ...merged('labels', labels, metadata.labels),
});

// Labels of the stack override those of the environment.
const merged = (
  key: 'labels' | 'annotations',
  added: Readonly<Record<string, string>>,
  own: Readonly<Record<string, string>> = {},
) => {
  const both = { ...added, ...own };
  return Object.keys(both).length > 0 ? { [key]: sorted(both) } : {};
};

const sorted = (record: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
