import type { Construct } from 'constructs';
import { peersName } from '../model/identity.js';
import type { Wiring } from '../model/wiring.js';
import { api } from './api.js';
import { claims, claimTemplate } from './claim.js';
import { disruptionBudget } from './disruption-budget.js';
import { exceptionAnnotations, type HostAccess } from './exception.js';
import { type PodOptions, podTemplate } from './pod-template.js';
import { peerService, replicaServices, service } from './service.js';
import { serviceAccount } from './service-account.js';

export type WorkloadOptions = PodOptions &
  (
    | {
        readonly kind: 'StatefulSet';
        readonly replicas: number;
        /** Size of the volume of each replica. */
        readonly volume: string;
        /** Size in the claim template, which is immutable. @default - as in `claim.ts` */
        readonly claimTemplate?: string;
        readonly volumePath: string;
        /** Sends a client always to the same replica. @default false */
        readonly sticky?: boolean;
        /** Annotations of its Service. @default - none */
        readonly serviceAnnotations?: Readonly<Record<string, string>>;
        /** Gives each replica its own DNS name, with which replicas find each other. @default false */
        readonly peers?: boolean;
      }
    | {
        readonly kind: 'Deployment';
        readonly replicas: number;
        /** Stops the old pod before it starts the new one. @default false */
        readonly recreate?: boolean;
      }
    | {
        readonly kind: 'DaemonSet';
        /** What it can access on the host, each with its reason. @default - nothing */
        readonly hostAccess?: HostAccess;
      }
  );

/** Runs pods: hardened, with their own service account, Service and claims. All pods use it. */
export const workload = (
  scope: Construct,
  wiring: Wiring,
  key: string,
  options: WorkloadOptions,
): void => {
  const self = wiring.workloads[key];
  if (!self) throw new Error(`The component has no workload '${key}'.`);
  const { identity } = self;
  const { name, namespace, labels } = identity;
  const metadata = { name, namespace, labels: { ...labels } };
  serviceAccount(scope, identity, options.accountAnnotations);
  const hasService = Object.keys(self.endpoints).length > 0 && options.kind !== 'DaemonSet';
  if (hasService) {
    const ofSet = options.kind === 'StatefulSet' ? options : undefined;
    service(scope, self, {
      sticky: ofSet?.sticky === true,
      annotations: ofSet?.serviceAnnotations,
    });
  }
  if (options.kind !== 'DaemonSet' && options.replicas > 1) disruptionBudget(scope, identity);
  const selector = { matchLabels: { ...identity.selector } };
  const template = podTemplate(wiring, self, options);
  switch (options.kind) {
    case 'StatefulSet':
      if (options.peers) peerService(scope, self);
      replicaServices(scope, self);
      claims(scope, identity, options.replicas, options.volume, wiring.setting.storageClass);
      new api.KubeStatefulSet(scope, `${name}-workload`, {
        metadata,
        spec: {
          selector,
          template,
          replicas: options.replicas,
          serviceName: options.peers ? peersName(identity) : hasService ? name : '',
          podManagementPolicy: 'Parallel',
          persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
          volumeClaimTemplates: [claimTemplate(wiring.setting.storageClass, options.claimTemplate)],
        },
      });
      return;
    case 'Deployment':
      new api.KubeDeployment(scope, `${name}-workload`, {
        metadata,
        spec: {
          selector,
          template,
          replicas: options.replicas,
          // Not Recreate: Kubernetes rejects an update from the default strategy to it.
          strategy: options.recreate
            ? { type: 'RollingUpdate', rollingUpdate: oneByOne }
            : undefined,
        },
      });
      return;
    case 'DaemonSet':
      new api.KubeDaemonSet(scope, `${name}-workload`, {
        metadata: {
          ...metadata,
          annotations: exceptionAnnotations(options.hostAccess, options.containers),
        },
        spec: {
          selector,
          template,
          updateStrategy: {
            type: 'RollingUpdate',
            rollingUpdate: { maxUnavailable: api.IntOrString.fromString('10%') },
          },
        },
      });
  }
};

const oneByOne = {
  maxSurge: api.IntOrString.fromNumber(0),
  maxUnavailable: api.IntOrString.fromNumber(1),
};
