import {
  cluster,
  count,
  dashboard,
  labelVariable,
  stat,
  table,
  timeSeries,
  usedShare,
} from '../src/content/grafana.js';

const here = 'cluster=~"$cluster", namespace=~"$namespace"';
const by = 'namespace, persistentvolumeclaim';
const of = (expr: string) => `max by (${by}) (${expr})`;
const used = `1 - min by (${by}) (persistentvolumeclaim:kubelet_volume_stats_available:ratio{${here}})`;
const inodes = of(
  `kubelet_volume_stats_inodes_used{${here}} / (kubelet_volume_stats_inodes{${here}} > 0)`,
);
const operations = (part: string) =>
  `rate(storage_operation_duration_seconds_${part}{job="kubelet", cluster=~"$cluster"}[$__rate_interval])`;
const legend = '{{namespace}} {{persistentvolumeclaim}}';

export default dashboard({
  title: 'Persistent volumes',
  description: 'Use and growth of volumes, claims without a volume, and volume operations.',
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
          title: 'Volume claims',
          description: 'PersistentVolumeClaims in the selected namespaces.',
          ...count,
          queries: `count(kube_persistentvolumeclaim_info{${here}}) or vector(0)`,
        }),
        stat({
          title: 'Claims not bound',
          description: 'Claims without a volume. Bad: any for long: their pods do not start.',
          ...count,
          thresholds: { critical: 1 },
          queries: `sum(kube_persistentvolumeclaim_status_phase{${here}, phase=~"Pending|Lost"}) or vector(0)`,
        }),
        stat({
          title: 'Failed volumes',
          description: 'Volumes of the whole cluster that were not reclaimed. Bad: any.',
          ...count,
          thresholds: { critical: 1 },
          queries:
            'sum(kube_persistentvolume_status_phase{cluster=~"$cluster", phase="Failed"}) or vector(0)',
        }),
        stat({
          title: 'Fullest volume',
          description: 'Used share of the fullest volume. Bad: above 90 %.',
          ...usedShare,
          empty: 'no volume statistics',
          queries: `max(${used})`,
        }),
        stat({
          title: 'Requested storage',
          description: 'Bytes that all claims request.',
          unit: 'bytes',
          empty: 'no claims',
          queries: `sum(kube_persistentvolumeclaim_resource_requests_storage_bytes{${here}})`,
        }),
      ],
    },
    {
      title: 'Claims',
      panels: [
        table({
          title: 'Claims',
          description: 'Use of each volume, and when it is full at the current growth. Bad: red.',
          height: 10,
          width: 24,
          empty: 'no volume statistics',
          labels: {
            namespace: { title: 'Namespace', opens: 'namespace' },
            persistentvolumeclaim: 'Claim',
          },
          columns: {
            Used: { ...usedShare, query: used },
            Inodes: { ...usedShare, query: inodes },
            Size: { unit: 'bytes', query: of(`kubelet_volume_stats_capacity_bytes{${here}}`) },
            'Full in': {
              unit: 's',
              thresholds: { warning: 604800, critical: 86400 },
              query: `${of(`kubelet_volume_stats_available_bytes{${here}}`)} / -(${of(`deriv(kubelet_volume_stats_available_bytes{${here}}[6h])`)} < 0)`,
            },
          },
          sortBy: 'Used',
        }),
        timeSeries({
          title: 'Used space',
          description: 'Used share of each volume. Bad: above 90 %, or steep growth.',
          unit: 'percentunit',
          max: 1,
          width: 12,
          empty: 'no volume statistics',
          queries: { [legend]: used },
        }),
        timeSeries({
          title: 'Used inodes',
          description: 'Share of the files that each volume can have. Bad: above 90 %.',
          unit: 'percentunit',
          max: 1,
          width: 12,
          empty: 'no volume statistics',
          queries: { [legend]: inodes },
        }),
      ],
    },
    {
      title: 'Operations of the kubelet',
      panels: [
        timeSeries({
          title: 'Volume operations',
          description:
            'Mounts, unmounts and similar operations, by result. Bad: failures that continue.',
          unit: 'ops',
          queries: {
            '{{operation_name}} {{status}}': `sum by (operation_name, status) (${operations('count')})`,
          },
        }),
        timeSeries({
          title: 'Mean duration of volume operations',
          description: 'Seconds by operation. Bad: minutes: pods wait for their volumes.',
          unit: 's',
          empty: 'no operations in this time range',
          queries: {
            '{{operation_name}}': `sum by (operation_name) (${operations('sum')}) / (sum by (operation_name) (${operations('count')}) > 0)`,
          },
        }),
      ],
    },
  ],
});
