import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { KubernetesObject } from '../../src/model/manifest.js';

/** Creates a folder on the worker for each claim, and its volume. */
export const localVolumes = (
  objects: readonly KubernetesObject[],
  { folder, seenAs }: { readonly folder: string; readonly seenAs: string },
): KubernetesObject[] =>
  objects
    .filter(({ kind }) => kind === 'PersistentVolumeClaim')
    .map(({ metadata: { namespace, name }, spec }) => {
      mkdirSync(join(folder, name), { recursive: true });
      return {
        apiVersion: 'v1',
        kind: 'PersistentVolume',
        metadata: { name },
        spec: {
          capacity: spec.resources.requests,
          accessModes: spec.accessModes,
          storageClassName: spec.storageClassName,
          claimRef: { namespace, name },
          local: { path: join(seenAs, name) },
          nodeAffinity: {
            required: {
              nodeSelectorTerms: [
                {
                  matchExpressions: [
                    { key: 'kubernetes.io/hostname', operator: 'In', values: ['worker'] },
                  ],
                },
              ],
            },
          },
        },
      };
    });
