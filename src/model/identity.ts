import type { OwnLocation, PodLocation } from './location.js';

/** The inputs of object names in a stack. */
export interface StackNames {
  /** Name of the stack: part of the name of every object, so that one cluster can have two stacks. */
  readonly stack: string;
  readonly namespaces: { readonly stack: string; readonly nodeAgents: string };
}

/** Names and labels of a workload that Crowsnest deploys. */
export interface Identity {
  /** Name of the workload, its Service, its service account, its policies. */
  readonly name: string;
  readonly namespace: string;
  /** Never changes: a selector is immutable. */
  readonly selector: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
}

/** Names and labels of a workload: nothing else defines them. */
export const identityOf = (
  { stack, namespaces }: StackNames,
  component: string,
  workload: string,
  { namespace }: Pick<OwnLocation, 'namespace'>,
  version?: string,
): Identity => {
  const selector = {
    'app.kubernetes.io/name': component,
    'app.kubernetes.io/instance': stack,
    'app.kubernetes.io/component': workload,
  };
  return {
    name: objectName(stack, workload),
    namespace: namespaces[namespace],
    selector,
    labels: {
      ...selector,
      ...stackLabels(stack),
      // Not in the selector, which is immutable.
      ...(version === undefined ? {} : { 'app.kubernetes.io/version': version }),
    },
  };
};

/** Name of an object that does not belong to a single workload. */
export const objectName = (stack: string, subject: string): string =>
  subject === '' ? stack : `${stack}-${subject}`;

/** Labels of every object of a stack. */
export const stackLabels = (stack: string): Record<string, string> => ({
  'app.kubernetes.io/instance': stack,
  'app.kubernetes.io/part-of': 'crowsnest',
  'app.kubernetes.io/managed-by': 'crowsnest',
});

/** The location of the pods of an identity. */
export const podsOf = (
  identity: Identity,
  { namespace, hostNetwork }: OwnLocation,
): PodLocation => ({
  kind: 'pods',
  namespace: identity.namespace,
  labels: identity.selector,
  ...(hostNetwork ? { hostNetwork } : {}),
  ...(namespace === 'nodeAgents' ? { onEachNode: true } : {}),
});

/** Host name of a workload's Service, valid in every namespace. */
export const serviceHost = (identity: Pick<Identity, 'name' | 'namespace'>): string =>
  `${identity.name}.${identity.namespace}.svc`;

/** Where clients of the Kubernetes API find their token and its certificate authority. */
export const apiAccessFolder = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Path of a service account token in a pod: that for the API server, or one for an audience. */
export const tokenPath = (audience?: string): string =>
  audience === undefined ? `${apiAccessFolder}/token` : `${audienceTokenFolder}/${audience}`;

/** Folder of the tokens for audiences, one file each. */
export const audienceTokenFolder = '/var/run/secrets/crowsnest/tokens';

/** Path of the cluster's certificate authority in a pod with a service account. */
export const clusterCaPath = `${apiAccessFolder}/ca.crt`;

/** Path of a key of a Secret that a connection needs. */
export const secretPath = ({ secret, key }: { secret: string; key: string }): string =>
  `${secretFolder}/${secret}/${key}`;

/** Folder of the Secrets of connections, one folder each. */
export const secretFolder = '/etc/crowsnest/secrets';

/** The label of each pod of a StatefulSet with its name: the StatefulSet controller adds it. */
export const podNameLabel = 'statefulset.kubernetes.io/pod-name';

/** Name of a replica of a workload with volumes: of its pod, and of a Service for this replica only. */
export const replicaName = ({ name }: Pick<Identity, 'name'>, replica: number): string =>
  `${name}-${replica}`;

/** The names of all replicas of a workload with volumes. */
export const replicaNames = (identity: Pick<Identity, 'name'>, replicas: number): string[] =>
  Array.from({ length: replicas }, (_, index) => replicaName(identity, index));

/** Name of the headless Service with which the replicas of a workload find each other. */
export const peersName = ({ name }: Pick<Identity, 'name'>): string => `${name}-peers`;
