import { k8s } from 'cdk8s-plus-28';
import { apiAccessFolder, audienceTokenFolder, secretFolder } from '../model/identity.js';

/** What a mounted volume holds. */
export type Source =
  | { readonly kind: 'claim' }
  /** Keys become files; `files` gives them other paths. */
  | {
      readonly kind: 'config-map';
      readonly name: string;
      readonly files?: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'secret'; readonly name: string }
  | { readonly kind: 'scratch'; readonly sizeLimit: string }
  | { readonly kind: 'tokens'; readonly audiences: readonly string[] }
  /** Token, certificate authority and namespace, where clients of the API look for them. */
  | { readonly kind: 'api-access' }
  /** The certificate authority alone, in the same place. */
  | { readonly kind: 'cluster-ca' }
  /** An exception from Pod Security; the reason stands on the object and in the README. */
  | { readonly kind: 'host'; readonly path: string; readonly reason: string };

/** A volume together with where it is mounted; never a `subPath`, which would not update. */
export interface Mount {
  readonly name: string;
  readonly path: string;
  readonly source: Source;
}

/** The mount by which one container, and not the whole pod, can ask the Kubernetes API. */
export const apiMount: Mount = {
  name: 'api-access',
  path: apiAccessFolder,
  source: { kind: 'api-access' },
};

/** The mount by which a container verifies servers of the cluster without a token of its own. */
export const caMount: Mount = {
  name: 'cluster-ca',
  path: apiAccessFolder,
  source: { kind: 'cluster-ca' },
};

/** The mount of a folder that holds tokens for other servers than the API server. */
export const tokenMount = (audiences: readonly string[]): Mount => ({
  name: 'tokens',
  path: audienceTokenFolder,
  source: { kind: 'tokens', audiences },
});

/** The mount of a Secret that a connection needs. */
export const secretMount = (name: string): Mount => ({
  // A volume's name is shorter than a Secret's may be, and has no dots.
  name: `secret-${name.replaceAll('.', '-').slice(0, 56)}`,
  path: `${secretFolder}/${name}`,
  source: { kind: 'secret', name },
});

/** The container's side of a mount. */
export const volumeMount = ({ name, path, source }: Mount): k8s.VolumeMount => ({
  name,
  mountPath: path,
  readOnly: source.kind === 'claim' || source.kind === 'scratch' ? undefined : true,
  // Mounts that appear on the host later must be seen.
  mountPropagation: source.kind === 'host' ? 'HostToContainer' : undefined,
});

/** The pod's side of a mount; none for a claim, which the StatefulSet's template adds. */
export const volume = ({ name, source }: Mount): k8s.Volume | undefined => {
  switch (source.kind) {
    case 'claim':
      return undefined;
    case 'config-map':
      return {
        name,
        configMap: {
          name: source.name,
          items: source.files && Object.entries(source.files).map(([key, path]) => ({ key, path })),
        },
      };
    case 'secret':
      return { name, secret: { secretName: source.name } };
    case 'scratch':
      return { name, emptyDir: { sizeLimit: k8s.Quantity.fromString(source.sizeLimit) } };
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
      return { name, hostPath: { path: source.path } };
  }
};

// Kubernetes publishes it into every namespace.
const clusterCa: k8s.VolumeProjection = {
  configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] },
};
