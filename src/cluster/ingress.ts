import type { KubernetesObject } from '../model/manifest.js';
import { objectsOf, podWith, type Reading } from './reading.js';

/** Pods in front of Grafana. */
export interface ControllerPods {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly hostNetwork: boolean;
}

/** A class of Ingresses, and where its traffic comes from. */
export interface IngressFact {
  readonly name: string;
  readonly isDefault: boolean;
  /** As in the IngressClass. */
  readonly controller: string;
  /** `pods`, a load balancer of the cloud, or undefined if that is not known. */
  readonly traffic?: ControllerPods | 'alb';
}

interface ControllerRule {
  /** The beginning of `spec.controller`. */
  readonly controller: string;
  /** The labels of its pods; several if distributions have their own. @default - a load balancer outside */
  readonly labels?: readonly Readonly<Record<string, string>>[];
  /** Of its pods. @default - any */
  readonly namespace?: string;
  readonly source: string;
}

const nameLabel = 'app.kubernetes.io/name';

const controllers: readonly ControllerRule[] = [
  {
    controller: 'k8s.io/ingress-nginx',
    labels: [
      { [nameLabel]: 'ingress-nginx', 'app.kubernetes.io/component': 'controller' },
      { [nameLabel]: 'rke2-ingress-nginx', 'app.kubernetes.io/component': 'controller' },
    ],
    source:
      'https://github.com/kubernetes/ingress-nginx/blob/main/charts/ingress-nginx/templates/controller-deployment.yaml',
  },
  {
    controller: 'traefik.io/ingress-controller',
    labels: [{ [nameLabel]: 'traefik' }],
    source:
      'https://github.com/traefik/traefik-helm-chart/blob/master/traefik/templates/_helpers.tpl',
  },
  {
    controller: 'nginx.org/ingress-controller',
    labels: [{ [nameLabel]: 'nginx-ingress' }],
    source:
      'https://github.com/nginx/kubernetes-ingress/blob/main/charts/nginx-ingress/templates/_helpers.tpl',
  },
  {
    controller: 'haproxy.org/ingress-controller',
    labels: [{ [nameLabel]: 'kubernetes-ingress' }],
    source:
      'https://github.com/haproxytech/helm-charts/blob/main/kubernetes-ingress/templates/_helpers.tpl',
  },
  {
    controller: 'haproxy-ingress.github.io/controller',
    labels: [{ [nameLabel]: 'haproxy-ingress' }],
    source:
      'https://github.com/haproxy-ingress/charts/blob/master/haproxy-ingress/templates/_helpers.tpl',
  },
  {
    controller: 'openshift.io/ingress-to-route',
    labels: [
      {
        'ingresscontroller.operator.openshift.io/deployment-ingresscontroller': 'default',
      },
    ],
    source:
      'https://github.com/openshift/cluster-ingress-operator/blob/master/pkg/operator/controller/names.go',
  },
  {
    controller: 'webapprouting.kubernetes.azure.com/nginx',
    labels: [{ app: 'nginx' }],
    namespace: 'app-routing-system',
    source: 'https://learn.microsoft.com/azure/aks/app-routing',
  },
  {
    controller: 'ingress.k8s.aws/alb',
    source:
      'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/ingress_class/',
  },
  {
    controller: 'eks.amazonaws.com/alb',
    source: 'https://docs.aws.amazon.com/eks/latest/userguide/auto-configure-alb.html',
  },
];

const annotation = 'ingressclass.kubernetes.io/is-default-class';

/** All classes of Ingresses, the default one first. */
export const ingressFacts = (reading: Reading): IngressFact[] =>
  objectsOf(reading, 'IngressClass')
    .map((one) => ({
      name: one.metadata.name,
      isDefault: one.metadata.annotations?.[annotation] === 'true',
      controller: `${one.spec?.controller ?? ''}`,
      ...trafficOf(reading, `${one.spec?.controller ?? ''}`),
    }))
    .sort((a, b) => Number(b.isDefault) - Number(a.isDefault));

const trafficOf = (reading: Reading, controller: string): Pick<IngressFact, 'traffic'> => {
  const rule = controllers.find((one) => controller.startsWith(one.controller));
  if (!rule) return {};
  if (!rule.labels) return { traffic: 'alb' };
  for (const labels of rule.labels) {
    const pod = podWith(reading, labels, rule.namespace);
    if (pod) return { traffic: podsOf(pod, labels) };
  }
  return {};
};

/** The selection of a pod by labels. */
export const podsOf = (
  { metadata, spec }: KubernetesObject,
  labels: Readonly<Record<string, string>>,
): ControllerPods => ({
  namespace: metadata.namespace ?? 'default',
  labels,
  hostNetwork: spec?.hostNetwork === true,
});

/** A Gateway with the pods of its proxy. */
export interface GatewayFact {
  readonly namespace: string;
  readonly name: string;
  readonly className: string;
  /** Names of its listeners with HTTPS. */
  readonly listeners: readonly string[];
  /** Undefined if they are not known. */
  readonly pods?: ControllerPods;
}

/**
 * Labels of the pods of a Gateway: of all implementations that deploy a proxy for each one, and of
 * Envoy Gateway. https://gateway-api.sigs.k8s.io/geps/gep-1762/ and
 * https://gateway.envoyproxy.io/docs/tasks/operations/customize-envoyproxy/
 */
const gatewayLabels = (name: string, namespace: string): Readonly<Record<string, string>>[] => [
  { 'gateway.networking.k8s.io/gateway-name': name },
  {
    'gateway.envoyproxy.io/owning-gateway-name': name,
    'gateway.envoyproxy.io/owning-gateway-namespace': namespace,
  },
];

/** All Gateways. */
export const gatewayFacts = (reading: Reading): GatewayFact[] =>
  objectsOf(reading, 'Gateway').map((gateway) => {
    const { name, namespace = 'default' } = gateway.metadata;
    const [pods] = gatewayLabels(name, namespace).flatMap((labels) => {
      const pod = podWith(reading, labels);
      return pod ? [podsOf(pod, labels)] : [];
    });
    return {
      namespace,
      name,
      className: `${gateway.spec?.gatewayClassName ?? ''}`,
      listeners: (gateway.spec?.listeners ?? [])
        .filter(({ protocol }: { protocol: string }) => protocol === 'HTTPS')
        .map((one: { name: string }) => one.name),
      ...(pods && { pods }),
    };
  });

/** `namespace/name (class)` of a Gateway. */
export const gatewayTitle = ({ namespace, name, className }: GatewayFact): string =>
  `${namespace}/${name} (${className})`;
