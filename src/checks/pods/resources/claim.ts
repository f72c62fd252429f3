import { type KubernetesObject, type Manifest, titleOf } from '../../../model/manifest.js';
import { type PodTemplate, volumesOf } from '../../support/pod/template.js';
import { listOf, recordOf } from '../../support/untyped.js';
import { amountOf } from './amount.js';
import type { ResourcesFault } from './faults.js';

interface Use {
  readonly template: PodTemplate;
  readonly path: string;
  /** Whether all pods share the volume; otherwise each pod has its own. */
  readonly shared: boolean;
  /** Whether they write to it. A suspended CronJob is started by hand, while the writer is stopped. */
  readonly writes: boolean;
}

/** Claims with several writers, claims that no pod mounts, and claims without storage. */
export const claimFaults = (
  manifests: readonly Manifest[],
  templates: readonly PodTemplate[],
): [Manifest, ResourcesFault][] => {
  const uses = usesOf(templates);
  return manifests.flatMap((manifest): [Manifest, ResourcesFault][] => {
    const { object } = manifest;
    if (object.kind !== 'PersistentVolumeClaim') return [];
    const users = uses.get(titleOf(object)) ?? [];
    const spec = recordOf(object.spec);
    return [
      ...claimItself(manifest, spec, users, manifests),
      ...(listOf(spec.accessModes).includes('ReadWriteMany')
        ? []
        : writers(
            object,
            users.filter(({ writes }) => writes),
          )),
    ];
  });
};

const isSuspended = ({ manifest: { object } }: PodTemplate): boolean =>
  object.kind === 'CronJob' && object.spec?.suspend === true;

const usesOf = (templates: readonly PodTemplate[]): Map<string, Use[]> => {
  const uses = new Map<string, Use[]>();
  const add = (name: string, use: Use) => {
    const key = `PersistentVolumeClaim ${use.template.namespace}/${name}`;
    uses.set(key, [...(uses.get(key) ?? []), use]);
  };
  for (const template of templates) {
    const { object } = template.manifest;
    for (const { volume, path } of volumesOf(template)) {
      const { claimName: name, readOnly } = recordOf(volume.persistentVolumeClaim);
      const writes = readOnly !== true && !isSuspended(template);
      const at = `${path}.persistentVolumeClaim.claimName`;
      if (name) add(name, { template, path: at, shared: true, writes });
    }
    listOf(recordOf(object.spec).volumeClaimTemplates).forEach(({ metadata }, index) => {
      const { name } = recordOf(metadata);
      const path = `spec.volumeClaimTemplates[${index}]`;
      for (let ordinal = 0; ordinal < Math.min(template.replicas ?? 0, 1000); ordinal += 1) {
        add(`${name}-${object.metadata.name}-${ordinal}`, {
          template,
          path,
          shared: false,
          writes: true,
        });
      }
    });
  }
  return uses;
};

/** Whether a claim has the size of the claims of the other replicas, whose names differ only in the number. */
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
): [Manifest, ResourcesFault][] => {
  const size = recordOf(recordOf(spec.resources).requests).storage;
  const found: [Manifest, ResourcesFault][] = [];
  if (size === undefined || amountOf(size) <= 0) {
    found.push([
      manifest,
      {
        path: 'spec.resources.requests.storage',
        fault: 'no-storage',
        value: size,
      },
    ]);
  }
  for (const { template, path } of users.filter(({ shared }) => !shared)) {
    const wanted = listOf(recordOf(template.manifest.object.spec).volumeClaimTemplates)
      .map(({ metadata, spec: one }) => ({
        name: `${metadata?.name}`,
        storageClassName: recordOf(one).storageClassName,
        size: recordOf(recordOf(recordOf(one).resources).requests).storage,
      }))
      .find(({ name }) => manifest.object.metadata.name.startsWith(`${name}-`));
    if (wanted && amountOf(wanted.size) > amountOf(size)) {
      found.push([
        manifest,
        {
          path: 'spec.resources.requests.storage',
          fault: 'claim-below-template',
          message: `The claim is smaller than the template of its StatefulSet: ${wanted.size} in ${path}.`,
          value: size,
          remedy: `Set it to ${wanted.size} or more.`,
        },
      ]);
    }
    if (!wanted || wanted.storageClassName === spec.storageClassName) continue;
    found.push([
      manifest,
      {
        path: 'spec.storageClassName',
        fault: 'other-class',
        message: `The claim does not have the storage class of its StatefulSet in ${path}.`,
        value: spec.storageClassName ?? 'none',
        remedy: `Use ${wanted.storageClassName ?? 'none'} in both.`,
      },
    ]);
  }
  if (users.some(({ shared }) => !shared) && !isAlike(manifest, siblings)) {
    found.push([
      manifest,
      {
        path: 'spec.resources.requests.storage',
        fault: 'unequal-claims',
        value: size,
      },
    ]);
  }
  if (users.length === 0) {
    found.push([
      manifest,
      {
        path: 'metadata.name',
        fault: 'unused-claim',
        value: manifest.object.metadata.name,
      },
    ]);
  }
  return found;
};

const writers = (claim: KubernetesObject, users: readonly Use[]): [Manifest, ResourcesFault][] => {
  const [first] = users;
  return users.flatMap((use, index): [Manifest, ResourcesFault][] => {
    const value = claim.metadata.name;
    if (first && index > 0) {
      return [
        [
          use.template.manifest,
          {
            path: use.path,
            fault: 'two-writers',
            message: `${titleOf(first.template.manifest.object)} writes to the same claim.`,
            value,
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
              fault: 'two-writers',
              message: `${reason} write to one claim.`,
              value,
            },
          ],
        ]
      : [];
  });
};

/** The pods of a workload that would share a volume, as a text; undefined if only one pod runs at a time. */
const several = ({ manifest, replicas }: PodTemplate): string | undefined => {
  const { kind, spec } = manifest.object;
  if (kind === 'DaemonSet') return 'The pods of all nodes';
  if ((replicas ?? 1) > 1) return `${replicas} replicas`;
  const { type, rollingUpdate } = recordOf(recordOf(spec).strategy);
  // Kubernetes rounds the percentage up; the default is 25 %.
  const surge = recordOf(rollingUpdate).maxSurge ?? '25%';
  return kind === 'Deployment' && type !== 'Recreate' && surge !== 0 && surge !== '0%'
    ? 'The old pod and the new one'
    : undefined;
};
