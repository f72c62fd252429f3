import type { Environment } from '../config/environment.js';
import type { Endpoint } from '../model/endpoint.js';
import { metrics } from '../model/offer.js';
import type { Party } from '../model/party.js';

/**
 * Scheduler, controller-manager, etcd and kube-proxy, where they listen on the nodes' addresses.
 * Ports: https://kubernetes.io/docs/reference/networking/ports-and-protocols/
 */
export const controlPlane = ({ cluster }: Environment): Party[] =>
  cluster.controlPlane === 'exposed'
    ? [
        part('kube-scheduler', { component: 'kube-scheduler' }, secure(10259)),
        part('kube-controller-manager', { component: 'kube-controller-manager' }, secure(10257)),
        part('etcd', { component: 'etcd' }, { port: 2381 }),
        part('kube-proxy', { 'k8s-app': 'kube-proxy' }, { port: 10249 }),
      ]
    : [];

const part = (
  name: string,
  labels: Readonly<Record<string, string>>,
  endpoint: Omit<Endpoint, 'offers'>,
): Party => ({
  name,
  workloads: { [name]: { kind: 'pods', namespace: 'kube-system', labels, hostNetwork: true } },
  endpoints: { metrics: { ...endpoint, offers: [metrics()] } },
  consumes: [],
});

const secure = (port: number): Omit<Endpoint, 'offers'> => ({
  port,
  scheme: 'https',
  authentication: {
    kind: 'token',
    grants: [{ nonResourceURLs: ['/metrics'], verbs: ['get'] }],
  },
  verification: { kind: 'unverified', reason: 'it signs its certificate itself at every start' },
});
