import {
  cluster,
  dashboard,
  labelVariable,
  stat,
  table,
  timeSeries,
  usedShare,
} from '../src/content/grafana.js';

const here = 'cluster=~"$cluster", namespace=~"$namespace"';
const by = 'namespace, persistentvolumeclaim';
const free = `persistentvolumeclaim:kubelet_volume_stats_available:ratio{${here}}`;
const inodes = `max by (${by}) (kubelet_volume_stats_inodes_used{${here}} / (kubelet_volume_stats_inodes{${here}} > 0))`;

export default dashboard({
  title: 'Persistent volumes',
  description: 'How full volumes are, how fast they fill, and claims that got none.',
  folder: 'Kubernetes',
  needs: ['kubelet', 'kube-state-metrics'],
  links: ['namespace', 'stack-health'],
  variables: [
    cluster,
    labelVariable('namespace', 'kube_persistentvolumeclaim_info{cluster=~"$cluster"}'),
  ],
  rows: [
    {
      title: 'Now',
      panels: [
        stat({
          title: 'Claims',
          description: 'Claims in all namespaces that are chosen.',
          unit: 'short',
          queries: `count(kube_persistentvolumeclaim_info{${here}})`,
        }),
        stat({
          title: 'Not bound',
          description: 'Claims that have no volume. Bad: any: their pods do not start.',
          unit: 'short',
          thresholds: { critical: 1 },
          queries: `sum(kube_persistentvolumeclaim_status_phase{${here}, phase=~"Pending|Lost"})`,
        }),
        stat({
          title: 'Volumes failed',
          description: 'Volumes of the whole cluster that could not be reclaimed. Bad: any.',
          unit: 'short',
          thresholds: { critical: 1 },
          queries: 'sum(kube_persistentvolume_status_phase{cluster=~"$cluster", phase="Failed"})',
        }),
        stat({
          title: 'Least space',
          description: 'Share that is free on the fullest. Bad: below 15 %.',
          unit: 'percentunit',
          thresholds: { warning: 0.15, critical: 0.05 },
          queries: `min(${free})`,
        }),
        stat({
          title: 'Requested',
          description: 'Bytes that all claims ask for: what storage costs.',
          unit: 'bytes',
          queries: `sum(kube_persistentvolumeclaim_resource_requests_storage_bytes{${here}})`,
        }),
      ],
    },
    {
      title: 'Claims',
      panels: [
        table({
          title: 'Claims',
          description: 'How full each is, and when it will be full. Bad: red, or within days.',
          height: 10,
          labels: {
            namespace: { title: 'Namespace', opens: 'namespace' },
            persistentvolumeclaim: 'Claim',
          },
          columns: {
            Used: { ...usedShare, query: `1 - min by (${by}) (${free})` },
            'Files used': { ...usedShare, query: inodes },
            Size: {
              unit: 'bytes',
              query: `max by (${by}) (kubelet_volume_stats_capacity_bytes{${here}})`,
            },
            'Full in': {
              unit: 's',
              thresholds: { warning: 604800, critical: 86400 },
              query: `max by (${by}) (kubelet_volume_stats_available_bytes{${here}}) / -(max by (${by}) (deriv(kubelet_volume_stats_available_bytes{${here}}[6h])) < 0)`,
            },
          },
        }),
        timeSeries({
          title: 'Used',
          description: 'Share of each volume that is taken. Bad: above 85 %, or steep.',
          unit: 'percentunit',
          max: 1,
          width: 12,
          queries: { '{{namespace}} {{persistentvolumeclaim}}': `1 - min by (${by}) (${free})` },
        }),
        timeSeries({
          title: 'Files used',
          description: 'Share of the files that a volume can hold. Bad: above 90 %.',
          unit: 'percentunit',
          max: 1,
          width: 12,
          queries: { '{{namespace}} {{persistentvolumeclaim}}': inodes },
        }),
      ],
    },
    {
      title: 'Operations',
      panels: [
        timeSeries({
          title: 'Volume operations',
          description: 'Mounts, attachments and the like, by how they ended. Bad: failures.',
          unit: 'ops',
          queries: {
            '{{operation_name}} {{status}}':
              'sum by (operation_name, status) (rate(storage_operation_duration_seconds_count{job="kubelet", cluster=~"$cluster"}[$__rate_interval]))',
          },
        }),
        timeSeries({
          title: 'Time that operations take',
          description: '99 of 100 are faster. Bad: minutes: pods wait for their volumes.',
          unit: 's',
          queries: {
            '{{operation_name}}':
              'histogram_quantile(0.99, sum by (le, operation_name) (rate(storage_operation_duration_seconds_bucket{job="kubelet", cluster=~"$cluster"}[$__rate_interval])))',
          },
        }),
      ],
    },
  ],
});
