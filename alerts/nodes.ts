import { alertGroup } from '../src/content/alert-group.js';

// Several of a node may be in trouble; one in a critical state must not silence the others.
const filesystem = 'filesystem {{ $labels.mountpoint }}';
const network = 'network {{ $labels.device }}';

export default alertGroup({
  needs: ['node-exporter'],
  dashboard: 'node',
  thresholds: {
    /** Share of the time in which some task waits for a CPU. */
    cpuWaiting: 0.6,
    memoryUsed: 0.95,
    /** Share of the time in which all tasks wait for memory. */
    memoryStalled: 0.1,
    /** Share of the time in which all tasks wait for a disk. */
    ioStalled: 0.4,
    /** The kubelet evicts pods from here on, and has removed unused images long before. */
    filesystemFree: 0.1,
    filesystemFreeCritical: 0.03,
    /** Above it the kubelet's removal of images, which starts at 85 % used, may still help. */
    filesystemFreePredicted: 0.15,
    inodesFree: 0.05,
    /** Packets with errors, as a share of all. */
    networkErrors: 0.01,
    /** Changes of a link's state in a quarter of an hour. */
    linkChanges: 4,
    conntrackUsed: 0.8,
    clockSkewSeconds: 2,
    fileDescriptorsUsed: 0.8,
  },
  rules: (threshold) => ({
    recordings: [
      {
        record: 'node:node_cpu_utilisation:avg5m',
        expr: '1 - avg by (node) (sum by (node, cpu) (rate(node_cpu_seconds_total{mode=~"idle|iowait"}[5m])))',
      },
      {
        record: 'node:node_memory_utilisation:ratio',
        expr: '1 - sum by (node) (node_memory_MemAvailable_bytes) / sum by (node) (node_memory_MemTotal_bytes)',
      },
    ],
    alerts: [
      {
        alert: 'NodeCPUSaturated',
        expr: `rate(node_pressure_cpu_waiting_seconds_total[5m]) > ${threshold.cpuWaiting}`,
        for: '15m',
        keepFiringFor: '10m',
        severity: 'warning',
        subject: 'cpu',
        summary: 'Processes on {{ $labels.node }} wait for a CPU.',
        description:
          'For {{ $value | humanizePercentage }} of the time some process on {{ $labels.node }} is ready to run and has no CPU.',
      },
      {
        alert: 'NodeMemoryAlmostFull',
        expr: `node:node_memory_utilisation:ratio > ${threshold.memoryUsed}`,
        for: '15m',
        keepFiringFor: '10m',
        severity: 'warning',
        subject: 'memory',
        summary: 'The memory of {{ $labels.node }} is almost full.',
        description:
          '{{ $value | humanizePercentage }} of the memory of {{ $labels.node }} is in use and cannot be reclaimed.',
      },
      {
        alert: 'NodeMemoryStalled',
        expr: `rate(node_pressure_memory_stalled_seconds_total[5m]) > ${threshold.memoryStalled}`,
        for: '10m',
        keepFiringFor: '10m',
        severity: 'warning',
        subject: 'memory',
        summary: 'Everything on {{ $labels.node }} waits for memory.',
        description:
          'For {{ $value | humanizePercentage }} of the time all processes on {{ $labels.node }} wait until the kernel has freed memory.',
      },
      {
        alert: 'NodeIOStalled',
        expr: `rate(node_pressure_io_stalled_seconds_total[5m]) > ${threshold.ioStalled}`,
        for: '15m',
        keepFiringFor: '10m',
        severity: 'warning',
        subject: 'disk',
        summary: 'Everything on {{ $labels.node }} waits for a disk.',
        description:
          'For {{ $value | humanizePercentage }} of the time all processes on {{ $labels.node }} wait for a disk.',
      },
      {
        alert: 'NodeFilesystemFillingUp',
        expr: `node_filesystem_avail_bytes / node_filesystem_size_bytes < ${threshold.filesystemFreePredicted} and predict_linear(node_filesystem_avail_bytes[6h:5m], 24 * 3600) < 0 and node_filesystem_readonly == 0`,
        for: '1h',
        severity: 'warning',
        subject: filesystem,
        summary: '{{ $labels.mountpoint }} on {{ $labels.node }} is filling up.',
        description:
          '{{ $labels.mountpoint }} ({{ $labels.device }}) on {{ $labels.node }} has {{ $value | humanizePercentage }} left, and is full within a day if it goes on as in the last six hours.',
      },
      {
        alert: 'NodeFilesystemAlmostFull',
        expr: `node_filesystem_avail_bytes / node_filesystem_size_bytes < ${threshold.filesystemFree} and node_filesystem_readonly == 0`,
        for: '30m',
        severity: 'warning',
        subject: filesystem,
        summary: '{{ $labels.mountpoint }} on {{ $labels.node }} is almost full.',
        description:
          '{{ $labels.mountpoint }} ({{ $labels.device }}) on {{ $labels.node }} has {{ $value | humanizePercentage }} left.',
      },
      {
        alert: 'NodeFilesystemFull',
        expr: `node_filesystem_avail_bytes / node_filesystem_size_bytes < ${threshold.filesystemFreeCritical} and node_filesystem_readonly == 0`,
        for: '5m',
        severity: 'critical',
        subject: filesystem,
        summary: '{{ $labels.mountpoint }} on {{ $labels.node }} is full.',
        description:
          '{{ $labels.mountpoint }} ({{ $labels.device }}) on {{ $labels.node }} has only {{ $value | humanizePercentage }} left.',
      },
      {
        alert: 'NodeFilesystemReadOnly',
        expr: 'node_filesystem_readonly == 1 and min_over_time(node_filesystem_readonly[1d:30m]) == 0',
        for: '2m',
        severity: 'warning',
        subject: filesystem,
        summary: '{{ $labels.mountpoint }} on {{ $labels.node }} has become read-only.',
        description:
          '{{ $labels.mountpoint }} ({{ $labels.device }}) on {{ $labels.node }} could be written to within the last day, and no longer can.',
      },
      {
        alert: 'NodeInodesAlmostUsedUp',
        expr: `node_filesystem_files_free / node_filesystem_files < ${threshold.inodesFree} and node_filesystem_readonly == 0`,
        for: '15m',
        severity: 'warning',
        subject: filesystem,
        summary: '{{ $labels.mountpoint }} on {{ $labels.node }} is running out of inodes.',
        description:
          '{{ $labels.mountpoint }} ({{ $labels.device }}) on {{ $labels.node }} has {{ $value | humanizePercentage }} of its inodes left.',
      },
      {
        alert: 'NodeRAIDDegraded',
        expr: 'sum without (state) (node_md_disks{state="failed"}) > 0 or node_md_disks_required - ignoring (state) node_md_disks{state="active"} > 0',
        for: '15m',
        severity: 'warning',
        subject: 'raid',
        summary: 'RAID array {{ $labels.device }} on {{ $labels.node }} has lost a disk.',
        description:
          '{{ $value | humanize }} disk(s) of RAID array {{ $labels.device }} on {{ $labels.node }} failed or are missing.',
      },
      {
        alert: 'NodeNetworkErrors',
        expr: `(rate(node_network_receive_errs_total[5m]) + rate(node_network_transmit_errs_total[5m])) / (rate(node_network_receive_packets_total[5m]) + rate(node_network_transmit_packets_total[5m])) > ${threshold.networkErrors}`,
        for: '30m',
        keepFiringFor: '15m',
        severity: 'warning',
        subject: network,
        summary: '{{ $labels.device }} on {{ $labels.node }} has network errors.',
        description:
          '{{ $value | humanizePercentage }} of the packets on {{ $labels.device }} of {{ $labels.node }} are faulty.',
      },
      {
        alert: 'NodeNetworkFlapping',
        expr: `increase(node_network_carrier_changes_total{device!~"(br|cni|docker|flannel|kube|tap|tun|virbr|vxlan|wg).*"}[15m]) > ${threshold.linkChanges}`,
        for: '5m',
        keepFiringFor: '15m',
        severity: 'warning',
        subject: network,
        summary: 'The link of {{ $labels.device }} on {{ $labels.node }} comes and goes.',
        description:
          '{{ $labels.device }} on {{ $labels.node }} lost or regained its link {{ $value | humanize }} times in 15 minutes.',
      },
      {
        alert: 'NodeBondingDegraded',
        expr: 'node_bonding_slaves - node_bonding_active > 0',
        for: '10m',
        keepFiringFor: '10m',
        severity: 'warning',
        subject: 'bonding',
        summary: 'Bond {{ $labels.master }} on {{ $labels.node }} has lost a link.',
        description:
          '{{ $value | humanize }} link(s) of bond {{ $labels.master }} on {{ $labels.node }} are down.',
      },
      {
        alert: 'NodeConntrackAlmostFull',
        expr: `node_nf_conntrack_entries / node_nf_conntrack_entries_limit > ${threshold.conntrackUsed}`,
        for: '10m',
        keepFiringFor: '10m',
        severity: 'warning',
        subject: 'conntrack',
        summary: 'The connection table of {{ $labels.node }} is almost full.',
        description:
          '{{ $value | humanizePercentage }} of the connections that {{ $labels.node }} can track are in use.',
      },
      {
        alert: 'NodeClockNotSynchronised',
        // The kernel lets its estimate of the error grow to 16 s while nothing disciplines the clock.
        expr: 'max_over_time(node_timex_sync_status[5m]) == 0 and node_timex_maxerror_seconds >= 16',
        for: '10m',
        severity: 'warning',
        subject: 'clock',
        summary: 'Nothing keeps the clock of {{ $labels.node }} right.',
        description:
          'The clock of {{ $labels.node }} is not synchronised, so that it drifts away from that of the other nodes.',
      },
      {
        alert: 'NodeClockSkewed',
        expr: `abs(node_time_seconds - timestamp(node_time_seconds)) > ${threshold.clockSkewSeconds}`,
        for: '10m',
        severity: 'warning',
        subject: 'clock',
        summary: 'The clock of {{ $labels.node }} is wrong.',
        description:
          'The clock of {{ $labels.node }} differs by {{ $value | humanizeDuration }} from that of Prometheus.',
      },
      {
        alert: 'NodeFileDescriptorsAlmostUsedUp',
        expr: `node_filefd_allocated / node_filefd_maximum > ${threshold.fileDescriptorsUsed}`,
        for: '15m',
        severity: 'warning',
        subject: 'file-descriptors',
        summary: '{{ $labels.node }} is running out of file descriptors.',
        description:
          '{{ $value | humanizePercentage }} of the file descriptors of {{ $labels.node }} are open.',
      },
    ],
  }),
});
