import { ApiObject, type App, Chart } from 'cdk8s';
import type { Finding } from '../model/finding.js';
import { type KubernetesObject, type Manifest, titleOf } from '../model/manifest.js';

/** What an environment does to every object. */
export interface Finish {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly patch?: (object: Record<string, unknown>) => unknown;
}

export interface Collected {
  readonly manifests: readonly Manifest[];
  readonly findings: readonly Finding[];
}

/** Turns constructs into plain objects, with the environment's labels, annotations and patch. */
export const collect = (app: App, finish: Finish): Collected => {
  const findings: Finding[] = [];
  const manifests = app.node
    .findAll()
    .filter(ApiObject.isApiObject)
    .map((construct): Manifest => {
      const object = decorate(construct.toJson(), finish);
      const path = construct.node.path;
      const patched = finish.patch ? applyPatch(finish.patch, object, path, findings) : object;
      return {
        object: patched,
        construct: path,
        chart: Chart.of(construct).node.id,
        patched: patched !== object && JSON.stringify(patched) !== JSON.stringify(object),
      };
    });
  return { manifests, findings: oneOf(findings) };
};

/** Adds to the object, and to its pods; never to a claim template, which cannot change. */
const decorate = (object: KubernetesObject, finish: Finish): KubernetesObject => {
  const template = object.spec?.template;
  return {
    ...object,
    metadata: withMetadata(object.metadata, finish),
    ...(template?.metadata && {
      spec: {
        ...object.spec,
        template: { ...template, metadata: withMetadata(template.metadata, finish) },
      },
    }),
  };
};

const withMetadata = (
  metadata: KubernetesObject['metadata'],
  { labels, annotations }: Finish,
): KubernetesObject['metadata'] => ({
  ...metadata,
  ...merged('annotations', annotations, metadata.annotations),
  ...merged('labels', labels, metadata.labels),
});

// What the stack needs wins over what an environment adds.
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

const applyPatch = (
  patch: NonNullable<Finish['patch']>,
  object: KubernetesObject,
  construct: string,
  findings: Finding[],
): KubernetesObject => {
  const fault = (message: string): KubernetesObject => {
    findings.push({
      check: 'config',
      severity: 'error',
      place: { path: 'patch', object: titleOf(object), construct },
      message,
      remedy: 'Return the object itself where there is nothing to change.',
    });
    return object;
  };
  try {
    const result = patch(structuredClone(object));
    // What refers to itself cannot be written, and says so here.
    JSON.stringify(result);
    return isObject(result) ? result : fault('The patch returned something that is no object.');
  } catch (error) {
    const [line] = (error instanceof Error ? error.message : String(error)).split('\n');
    return fault(`The patch failed: ${line}`);
  }
};

const isObject = (value: unknown): value is KubernetesObject => {
  const { kind, apiVersion, metadata } = (value ?? {}) as Partial<KubernetesObject>;
  return (
    typeof kind === 'string' && typeof apiVersion === 'string' && typeof metadata?.name === 'string'
  );
};

/** A patch that fails for one object mostly fails for all: one finding that says how many. */
const oneOf = ([first, ...others]: readonly Finding[]): Finding[] => {
  if (!first || others.length === 0) return first ? [first] : [];
  return [{ ...first, why: `It is the same with ${others.length} more objects.` }];
};
