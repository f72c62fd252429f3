import type { OwnLocation, PodLocation } from './location.js';

/** What the names of a stack's objects are made of. */
export interface StackNames {
  /** Name of the stack: part of every object's name, so that two stacks fit one cluster. */
  readonly stack: string;
  readonly namespaces: { readonly stack: string; readonly nodeAgents: string };
}

/** Names and labels of one workload that Crowsnest deploys. */
export interface Identity {
  /** Name of the workload, its Service, its service account, its policies. */
  readonly name: string;
  readonly namespace: string;
  /** Stable for the life of the workload: a selector cannot be changed. */
  readonly selector: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
}

/** Who a workload is: the only place that makes names and labels. */
export const identityOf = (
  { stack, namespaces }: StackNames,
  component: string,
  workload: string,
  { namespace }: Pick<OwnLocation, 'namespace'>,
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
    labels: { ...selector, ...stackLabels(stack) },
  };
};

/** Name of an object that belongs to no single workload. */
export const objectName = (stack: string, subject: string): string =>
  subject === '' ? stack : `${stack}-${subject}`;

/** Labels of every object of a stack. */
export const stackLabels = (stack: string): Record<string, string> => ({
  'app.kubernetes.io/instance': stack,
  'app.kubernetes.io/part-of': 'crowsnest',
  'app.kubernetes.io/managed-by': 'crowsnest',
});

/** Where the pods of an identity are found. */
export const podsOf = (identity: Identity, { hostNetwork }: OwnLocation): PodLocation => ({
  kind: 'pods',
  namespace: identity.namespace,
  labels: identity.selector,
  ...(hostNetwork ? { hostNetwork } : {}),
});

/** Host name of a workload's Service, from every namespace. */
export const serviceHost = (identity: Pick<Identity, 'name' | 'namespace'>): string =>
  `${identity.name}.${identity.namespace}.svc`;

/** Where clients of the Kubernetes API look for their token and its certificate authority. */
export const apiAccessFolder = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Where a pod finds its service account token: the API server's, or one for an audience. */
export const tokenPath = (audience?: string): string =>
  audience === undefined ? `${apiAccessFolder}/token` : `${audienceTokenFolder}/${audience}`;

/** Folder of the tokens for audiences, a file each. */
export const audienceTokenFolder = '/var/run/secrets/crowsnest/tokens';

/** The cluster's certificate authority inside a pod with a service account. */
export const clusterCaPath = `${apiAccessFolder}/ca.crt`;

/** Where a pod finds a key of a Secret that one of its connections needs. */
export const secretPath = ({ secret, key }: { secret: string; key: string }): string =>
  `${secretFolder}/${secret}/${key}`;

/** Folder of the Secrets that connections need, a folder each. */
export const secretFolder = '/etc/crowsnest/secrets';

/** Name of the headless Service by which the replicas of a workload find each other. */
export const peersName = ({ name }: Pick<Identity, 'name'>): string => `${name}-peers`;
