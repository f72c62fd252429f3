import type { CommonEnvironment } from '../config/common.js';
import { platformOf } from '../config/platforms.js';
import type { Endpoint } from '../model/endpoint.js';
import { metrics } from '../model/offer.js';
import type { Party } from '../model/party.js';

/**
 * Scheduler, controller-manager, etcd and kube-proxy, if they listen on the addresses of their nodes.
 * They expose thousands of series, few of which rules and dashboards use.
 * Ports: https://kubernetes.io/docs/reference/networking/ports-and-protocols/
 */
export const controlPlane = ({ cluster }: CommonEnvironment): Party[] => {
  const { etcd, kubeProxy = { 'k8s-app': 'kube-proxy' } } =
    platformOf(cluster.platform).controlPlaneParts?.value ?? {};
  return cluster.controlPlane === 'exposed'
    ? [
        part('kube-scheduler', { component: 'kube-scheduler' }, secure(10259)),
        part('kube-controller-manager', { component: 'kube-controller-manager' }, secure(10257)),
        ...(etcd === false
          ? []
          : [part('etcd', { component: 'etcd' }, { port: 2381 }, inRunbooks.etcd)]),
        part('kube-proxy', kubeProxy, { port: 10249 }, inRunbooks['kube-proxy']),
      ]
    : [];
};

/** Metrics that only runbooks use. They have one series for each node. */
const inRunbooks = {
  etcd: [
    'etcd_disk_backend_commit_duration_seconds_(count|sum)',
    'etcd_mvcc_db_total_size_in_use_in_bytes',
    'etcd_server_heartbeat_send_failures_total',
  ],
  'kube-proxy': ['kubeproxy_sync_proxy_rules_iptables_restore_failures_total'],
};

const part = (
  name: string,
  labels: Readonly<Record<string, string>>,
  endpoint: Omit<Endpoint, 'offers'>,
  also: readonly string[] = [],
): Party => ({
  name,
  workloads: { [name]: { kind: 'pods', namespace: 'kube-system', labels, hostNetwork: true } },
  endpoints: { metrics: { ...endpoint, offers: [metrics('/metrics', { keep: { also } })] } },
  consumes: [],
});

const secure = (port: number): Omit<Endpoint, 'offers'> => ({
  port,
  scheme: 'https',
  authentication: {
    kind: 'token',
    grants: [{ nonResourceURLs: ['/metrics'], verbs: ['get'] }],
  },
  verification: {
    kind: 'unverified',
    reason: 'it creates a self-signed certificate at every start',
  },
});
