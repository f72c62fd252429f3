import { type KubernetesObject, type Manifest, titleOf } from '../../model/manifest.js';
import type { Fault } from '../pod/fault.js';
import { type PodTemplate, volumesOf } from '../pod/template.js';
import { listOf, recordOf } from '../reference/lenient.js';
import { amountOf } from './amount.js';

interface Use {
  readonly template: PodTemplate;
  readonly path: string;
  /** By a volume that all its pods share, and not each by one of its own. */
  readonly shared: boolean;
}

/** Claims that two would write to, that nobody mounts, or that hold nothing. */
export const claimFaults = (
  manifests: readonly Manifest[],
  templates: readonly PodTemplate[],
): [Manifest, Fault][] => {
  const uses = usesOf(templates);
  return manifests.flatMap((manifest): [Manifest, Fault][] => {
    const { object } = manifest;
    if (object.kind !== 'PersistentVolumeClaim') return [];
    const users = uses.get(titleOf(object)) ?? [];
    const spec = recordOf(object.spec);
    return [
      ...claimItself(manifest, spec, users, manifests),
      ...(listOf(spec.accessModes).includes('ReadWriteMany') ? [] : writers(object, users)),
    ];
  });
};

const usesOf = (templates: readonly PodTemplate[]): Map<string, Use[]> => {
  const uses = new Map<string, Use[]>();
  const add = (name: string, use: Use) => {
    const key = `PersistentVolumeClaim ${use.template.namespace}/${name}`;
    uses.set(key, [...(uses.get(key) ?? []), use]);
  };
  for (const template of templates) {
    const { object } = template.manifest;
    for (const { volume, path } of volumesOf(template)) {
      const name = recordOf(volume.persistentVolumeClaim).claimName;
      const at = `${path}.persistentVolumeClaim.claimName`;
      if (name) add(name, { template, path: at, shared: true });
    }
    listOf(recordOf(object.spec).volumeClaimTemplates).forEach(({ metadata }, index) => {
      const { name } = recordOf(metadata);
      const path = `spec.volumeClaimTemplates[${index}]`;
      for (let ordinal = 0; ordinal < Math.min(template.replicas ?? 0, 1000); ordinal += 1) {
        add(`${name}-${object.metadata.name}-${ordinal}`, { template, path, shared: false });
      }
    });
  }
  return uses;
};

/** Whether a claim is as large as those of the other replicas, which differ by their number alone. */
const isAlike = ({ object }: Manifest, others: readonly Manifest[]): boolean => {
  const { name, namespace } = object.metadata;
  const set = name.replace(/\d+$/, '');
  const sizeOf = (one: Manifest['object']) =>
    recordOf(recordOf(recordOf(one.spec).resources).requests).storage;
  return others
    .map((one) => one.object)
    .filter(
      ({ kind, metadata }) =>
        kind === object.kind &&
        metadata.namespace === namespace &&
        metadata.name.replace(/\d+$/, '') === set,
    )
    .every((one) => sizeOf(one) === sizeOf(object));
};

const claimItself = (
  manifest: Manifest,
  spec: Readonly<Record<string, unknown>>,
  users: readonly Use[],
  siblings: readonly Manifest[],
): [Manifest, Fault][] => {
  const size = recordOf(recordOf(spec.resources).requests).storage;
  const found: [Manifest, Fault][] = [];
  if (size === undefined || amountOf(size) <= 0) {
    found.push([
      manifest,
      {
        path: 'spec.resources.requests.storage',
        message: 'The claim asks for no storage.',
        value: size,
        remedy: 'Say how much it must hold.',
      },
    ]);
  }
  for (const { template, path } of users.filter(({ shared }) => !shared)) {
    const wanted = listOf(recordOf(template.manifest.object.spec).volumeClaimTemplates)
      .map(({ metadata, spec: one }) => ({
        name: `${metadata?.name}`,
        storageClassName: recordOf(one).storageClassName,
      }))
      .find(({ name }) => manifest.object.metadata.name.startsWith(`${name}-`));
    if (!wanted || wanted.storageClassName === spec.storageClassName) continue;
    found.push([
      manifest,
      {
        path: 'spec.storageClassName',
        message: `The claim is not of the class that its StatefulSet asks for in ${path}.`,
        value: spec.storageClassName ?? 'none',
        why: 'A replica that finds the claim keeps it, and its volume is of another kind than those of the others.',
        remedy: `Say ${wanted.storageClassName ?? 'none'} in both.`,
      },
    ]);
  }
  if (users.some(({ shared }) => !shared) && !isAlike(manifest, siblings)) {
    found.push([
      manifest,
      {
        path: 'spec.resources.requests.storage',
        message: 'The claims of the replicas differ in size.',
        value: size,
        why: 'They keep the same, and the smallest is full first.',
        remedy: 'Give all the same size.',
      },
    ]);
  }
  if (users.length === 0) {
    found.push([
      manifest,
      {
        path: 'metadata.name',
        message: 'No workload uses the claim.',
        value: manifest.object.metadata.name,
        why: 'What should be kept there is kept elsewhere, or nowhere.',
        remedy: 'Name it as a StatefulSet does, <template>-<workload>-<ordinal>, or remove it.',
      },
    ]);
  }
  return found;
};

const writers = (claim: KubernetesObject, users: readonly Use[]): [Manifest, Fault][] => {
  const [first] = users;
  return users.flatMap((use, index): [Manifest, Fault][] => {
    const value = claim.metadata.name;
    if (first && index > 0) {
      return [
        [
          use.template.manifest,
          {
            path: use.path,
            message: `${titleOf(first.template.manifest.object)} writes to the same claim.`,
            value,
            why: 'A ReadWriteOnce volume is attached to one node, and has one writer.',
            remedy: 'Give each a claim of its own.',
          },
        ],
      ];
    }
    const reason = use.shared ? several(use.template) : undefined;
    return reason
      ? [
          [
            use.template.manifest,
            {
              path: use.path,
              message: `${reason} write to one claim.`,
              value,
              why: 'A ReadWriteOnce volume is attached to one node, and has one writer.',
              remedy:
                'Run a single replica with maxSurge 0, or a StatefulSet with a claim for each.',
            },
          ],
        ]
      : [];
  });
};

/** Which pods of a workload would share a volume of it; none if there is only ever one. */
const several = ({ manifest, replicas }: PodTemplate): string | undefined => {
  const { kind, spec } = manifest.object;
  if (kind === 'DaemonSet') return 'The pods of all nodes';
  if ((replicas ?? 1) > 1) return `${replicas} replicas`;
  const { type, rollingUpdate } = recordOf(recordOf(spec).strategy);
  // Kubernetes rounds a share of the pods up; its default is a quarter of them.
  const surge = recordOf(rollingUpdate).maxSurge ?? '25%';
  return kind === 'Deployment' && type !== 'Recreate' && surge !== 0 && surge !== '0%'
    ? 'The old pod and the new one'
    : undefined;
};
