import type { k8s } from 'cdk8s-plus-28';
import { apiAccessFolder, audienceTokenFolder, secretFolder } from '../model/identity.js';
import { type CertificateAuthority, trustFolder } from '../model/trust.js';
import { quantity } from './api.js';
import { claimSpec } from './claim.js';

/** The content of a mounted volume. */
export type Source =
  | { readonly kind: 'claim' }
  /**
   * The claim of another pod. The kubelet changes neither owner nor label of the files of one that is only read.
   */
  | { readonly kind: 'existing-claim'; readonly name: string; readonly writes?: true }
  /** A claim of each pod, which is deleted with it. */
  | { readonly kind: 'new-claim'; readonly size: string; readonly storageClass: string | undefined }
  /** Keys become files; `files` changes their paths. */
  | {
      readonly kind: 'config-map';
      readonly name: string;
      readonly files?: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'secret'; readonly name: string }
  | { readonly kind: 'scratch'; readonly sizeLimit: string }
  | { readonly kind: 'tokens'; readonly audiences: readonly string[] }
  /** Token, certificate authority and namespace, at the standard paths of API clients. */
  | { readonly kind: 'api-access' }
  /** Only the certificate authority, at the same path. */
  | { readonly kind: 'cluster-ca' }
  /** An exception from Pod Security; the reason is in an annotation and in the generated README. */
  | {
      readonly kind: 'host';
      readonly path: string;
      readonly reason: string;
      /** What must exist at the path. @default 'Directory' */
      readonly type?: 'Directory' | 'File' | 'Socket' | 'CharDevice' | 'BlockDevice';
      /**
       * Whether the pod writes to the folder. The kubelet creates it on a node that does not have it, for root, so
       * that only root can write.
       * @default false
       */
      readonly writes?: true;
    };

/** A volume with its mount path; never a `subPath`, which would not update. */
export interface Mount {
  readonly name: string;
  readonly path: string;
  readonly source: Source;
  /** Contents that the program reads only at its start: a change restarts the pods. @default - none */
  readonly restartOn?: readonly string[];
}

/** The mount that gives one container, and not the whole pod, access to the Kubernetes API. */
export const apiMount: Mount = {
  name: 'api-access',
  path: apiAccessFolder,
  source: { kind: 'api-access' },
};

/** The mount with which a container verifies servers of the cluster, without a token. */
export const caMount: Mount = {
  name: 'cluster-ca',
  path: apiAccessFolder,
  source: { kind: 'cluster-ca' },
};

/** The mount of the folder with tokens for servers other than the API server. */
export const tokenMount = (audiences: readonly string[]): Mount => ({
  name: 'tokens',
  path: audienceTokenFolder,
  source: { kind: 'tokens', audiences },
});

/** The mount of a Secret that a connection needs. */
export const secretMount = (name: string): Mount => ({
  // The name of a volume is shorter than that of a Secret can be, and has no dots.
  name: `secret-${name.replaceAll('.', '-').slice(0, 56)}`,
  path: `${secretFolder}/${name}`,
  source: { kind: 'secret', name },
});

/** The mount of further certificate authorities, unless their Secret is mounted anyway. */
export const trustMounts = (
  one: CertificateAuthority | undefined,
  secrets: readonly string[],
): Mount[] => {
  if (one === undefined) return [];
  if ('secret' in one) return secrets.includes(one.secret) ? [] : [secretMount(one.secret)];
  return [
    {
      name: `trust-${one.configMap.replaceAll('.', '-').slice(0, 57)}`,
      path: trustFolder(one),
      source: { kind: 'config-map', name: one.configMap },
    },
  ];
};

/** The `volumeMounts` entry of a mount. */
export const volumeMount = ({ name, path, source }: Mount): k8s.VolumeMount => ({
  name,
  mountPath: path,
  readOnly: isWritable(source) ? undefined : true,
  // Also shows what is mounted on the host later.
  mountPropagation: source.kind === 'host' ? 'HostToContainer' : undefined,
});

const isWritable = (source: Source): boolean =>
  source.kind === 'claim' ||
  source.kind === 'scratch' ||
  source.kind === 'new-claim' ||
  (source.kind === 'existing-claim' && source.writes === true) ||
  (source.kind === 'host' && source.writes === true);

/** The `volumes` entry of a mount; undefined for a claim, which the StatefulSet's template adds. */
export const volume = ({ name, source }: Mount, secretMode?: number): k8s.Volume | undefined => {
  switch (source.kind) {
    case 'claim':
      return undefined;
    case 'existing-claim':
      return {
        name,
        persistentVolumeClaim: {
          claimName: source.name,
          readOnly: source.writes ? undefined : true,
        },
      };
    case 'new-claim':
      return {
        name,
        ephemeral: {
          volumeClaimTemplate: { spec: claimSpec(source.size, source.storageClass) },
        },
      };
    case 'config-map':
      return {
        name,
        configMap: {
          name: source.name,
          items: source.files && Object.entries(source.files).map(([key, path]) => ({ key, path })),
        },
      };
    case 'secret':
      return { name, secret: { secretName: source.name, defaultMode: secretMode } };
    case 'scratch':
      return { name, emptyDir: { sizeLimit: quantity(source.sizeLimit, 'sizeLimit') } };
    case 'tokens':
      return {
        name,
        projected: {
          sources: source.audiences.map((audience) => ({
            serviceAccountToken: { audience, path: audience, expirationSeconds: 3600 },
          })),
        },
      };
    case 'cluster-ca':
      return { name, projected: { sources: [clusterCa] } };
    case 'api-access':
      return {
        name,
        projected: {
          sources: [
            { serviceAccountToken: { path: 'token', expirationSeconds: 3600 } },
            clusterCa,
            {
              downwardApi: {
                items: [
                  {
                    path: 'namespace',
                    fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' },
                  },
                ],
              },
            },
          ],
        },
      };
    case 'host':
      // With a type, the kubelet reports a missing path. Without one, the runtime creates it.
      return {
        name,
        hostPath: {
          path: source.path,
          type: source.writes ? 'DirectoryOrCreate' : (source.type ?? 'Directory'),
        },
      };
  }
};

// Kubernetes publishes this ConfigMap in every namespace.
const clusterCa: k8s.VolumeProjection = {
  configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] },
};
