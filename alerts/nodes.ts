import { alertGroup } from '../src/content/alert-group.js';

// A critical alert about one file system or device of a node must not inhibit the warnings about the others.
const filesystem = 'filesystem {{ $labels.mountpoint }}';
const network = 'network {{ $labels.device }}';

export default alertGroup({
  adaptRanges: true,
  needs: ['node-exporter'],
  dashboard: 'node',
  thresholds: {
    /** Share of the time in which at least one task waits for a CPU. */
    cpuWaiting: 0.6,
    /** Processes that run or wait for a CPU or a disk, per CPU, if the kernel has no pressure stall information. */
    loadPerCpu: 2,
    memoryUsed: 0.95,
    /** Share of the time in which all tasks wait for memory. */
    memoryStalled: 0.1,
    /** Share of the time in which all tasks wait for a disk. */
    ioStalled: 0.4,
    /** Below it, the kubelet evicts pods, after it has removed unused images. */
    filesystemFree: 0.1,
    filesystemFreeCritical: 0.03,
    /** Above it, the kubelet can still remove unused images, which starts at 85 % usage. */
    filesystemFreePredicted: 0.15,
    inodesFree: 0.05,
    /** Packets with errors, as a share of all. */
    networkErrors: 0.01,
    /** Changes of a link's state in 15 minutes. */
    linkChanges: 4,
    conntrackUsed: 0.8,
    clockSkewSeconds: 2,
    fileDescriptorsUsed: 0.8,
  },
  rules: (threshold) => ({
    recordings: [
      {
        record: 'node:node_cpu_utilisation:avg5m',
        // Divided by all modes and not by time: after a gap, all rates are too low by the same factor.
        expr: '1 - sum by (node) (rate(node_cpu_seconds_total{mode=~"idle|iowait"}[5m])) / sum by (node) (rate(node_cpu_seconds_total[5m]))',
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
          'On node {{ $labels.node }}, processes that are ready to run wait for a CPU {{ $value | humanizePercentage }} of the time.',
      },
      {
        alert: 'NodeLoadHigh',
        // Only if the kernel has no pressure stall information, which NodeCPUSaturated and NodeIOStalled need.
        expr: `sum by (node) (node_load5) / count by (node) (node_cpu_seconds_total{mode="idle"}) > ${threshold.loadPerCpu} unless on (node) node_pressure_cpu_waiting_seconds_total`,
        for: '15m',
        keepFiringFor: '10m',
        severity: 'warning',
        subject: 'cpu',
        summary: 'The load of {{ $labels.node }} is high.',
        description:
          'Node {{ $labels.node }} has {{ $value | humanize }} processes per CPU that run, or wait for a CPU or a disk.',
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
          'Node {{ $labels.node }} uses {{ $value | humanizePercentage }} of its memory, without the part that the kernel can reclaim.',
      },
      {
        alert: 'NodeMemoryStalled',
        expr: `rate(node_pressure_memory_stalled_seconds_total[5m]) > ${threshold.memoryStalled}`,
        for: '10m',
        keepFiringFor: '10m',
        severity: 'warning',
        subject: 'memory',
        summary: 'Processes on {{ $labels.node }} wait for memory.',
        description:
          'On node {{ $labels.node }}, all processes wait for free memory at the same time {{ $value | humanizePercentage }} of the time.',
      },
      {
        alert: 'NodeIOStalled',
        expr: `rate(node_pressure_io_stalled_seconds_total[5m]) > ${threshold.ioStalled}`,
        for: '15m',
        keepFiringFor: '10m',
        severity: 'warning',
        subject: 'disk',
        summary: 'Processes on {{ $labels.node }} wait for a disk.',
        description:
          'On node {{ $labels.node }}, all processes wait for a disk at the same time {{ $value | humanizePercentage }} of the time.',
      },
      {
        alert: 'NodeFilesystemFillingUp',
        expr: `node_filesystem_avail_bytes / node_filesystem_size_bytes < ${threshold.filesystemFreePredicted} and predict_linear(node_filesystem_avail_bytes[6h:5m], 24 * 3600) < 0 and node_filesystem_readonly == 0`,
        for: '1h',
        severity: 'warning',
        subject: filesystem,
        summary: 'File system {{ $labels.mountpoint }} on {{ $labels.node }} is filling up.',
        description:
          'File system {{ $labels.mountpoint }} ({{ $labels.device }}) on {{ $labels.node }} has {{ $value | humanizePercentage }} free space. At the rate of the last 6 hours, it is full within a day.',
      },
      {
        alert: 'NodeFilesystemAlmostFull',
        expr: `node_filesystem_avail_bytes / node_filesystem_size_bytes < ${threshold.filesystemFree} and node_filesystem_readonly == 0`,
        for: '30m',
        severity: 'warning',
        subject: filesystem,
        summary: 'File system {{ $labels.mountpoint }} on {{ $labels.node }} is almost full.',
        description:
          'File system {{ $labels.mountpoint }} ({{ $labels.device }}) on {{ $labels.node }} has {{ $value | humanizePercentage }} free space.',
      },
      {
        alert: 'NodeFilesystemFull',
        expr: `node_filesystem_avail_bytes / node_filesystem_size_bytes < ${threshold.filesystemFreeCritical} and node_filesystem_readonly == 0`,
        for: '30m',
        severity: 'critical',
        subject: filesystem,
        summary: 'File system {{ $labels.mountpoint }} on {{ $labels.node }} is full.',
        description:
          'File system {{ $labels.mountpoint }} ({{ $labels.device }}) on {{ $labels.node }} has only {{ $value | humanizePercentage }} free space.',
      },
      {
        alert: 'NodeFilesystemReadOnly',
        // The second range covers a file system that was mounted after the last step of the first.
        expr: 'node_filesystem_readonly == 1 and (min_over_time(node_filesystem_readonly[1d:30m]) == 0 or min_over_time(node_filesystem_readonly[30m]) == 0)',
        for: '2m',
        severity: 'warning',
        subject: filesystem,
        summary: 'File system {{ $labels.mountpoint }} on {{ $labels.node }} has become read-only.',
        description:
          'File system {{ $labels.mountpoint }} ({{ $labels.device }}) on {{ $labels.node }} was writable within the last day and is now read-only.',
      },
      {
        alert: 'NodeInodesAlmostUsedUp',
        expr: `node_filesystem_files_free / node_filesystem_files < ${threshold.inodesFree} and node_filesystem_readonly == 0`,
        for: '15m',
        severity: 'warning',
        subject: filesystem,
        summary:
          'File system {{ $labels.mountpoint }} on {{ $labels.node }} is running out of inodes.',
        description:
          'File system {{ $labels.mountpoint }} ({{ $labels.device }}) on {{ $labels.node }} has {{ $value | humanizePercentage }} of its inodes free.',
      },
      {
        alert: 'NodeRAIDDegraded',
        expr: 'sum without (state) (node_md_disks{state="failed"}) > 0 or node_md_disks_required - ignoring (state) node_md_disks{state="active"} > 0',
        for: '15m',
        severity: 'warning',
        subject: 'raid',
        summary: 'RAID array {{ $labels.device }} on {{ $labels.node }} has lost a disk.',
        description:
          '{{ $value | humanize }} disk(s) of RAID array {{ $labels.device }} on {{ $labels.node }} have failed or are missing.',
      },
      {
        alert: 'NodeNetworkErrors',
        expr: `(rate(node_network_receive_errs_total[5m]) + rate(node_network_transmit_errs_total[5m])) / (rate(node_network_receive_packets_total[5m]) + rate(node_network_transmit_packets_total[5m])) > ${threshold.networkErrors}`,
        for: '30m',
        keepFiringFor: '15m',
        severity: 'warning',
        subject: network,
        summary: 'Network device {{ $labels.device }} on {{ $labels.node }} has errors.',
        description:
          '{{ $value | humanizePercentage }} of the packets on network device {{ $labels.device }} of node {{ $labels.node }} have errors.',
      },
      {
        alert: 'NodeNetworkFlapping',
        expr: `increase(node_network_carrier_changes_total{device!~"(br|cni|docker|flannel|kube|tap|tun|virbr|vxlan|wg).*"}[15m]) > ${threshold.linkChanges}`,
        for: '5m',
        keepFiringFor: '15m',
        severity: 'warning',
        subject: network,
        summary:
          'The link of network device {{ $labels.device }} on {{ $labels.node }} is unstable.',
        description:
          'The link of network device {{ $labels.device }} on node {{ $labels.node }} changed its state {{ $value | humanize }} times in 15 minutes.',
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
        summary: 'The connection tracking table of {{ $labels.node }} is almost full.',
        description:
          'Node {{ $labels.node }} uses {{ $value | humanizePercentage }} of its connection tracking table.',
      },
      {
        alert: 'NodeClockNotSynchronised',
        // While nothing synchronises the clock, the kernel's estimate of the error grows to 16 s.
        expr: 'max_over_time(node_timex_sync_status[5m]) == 0 and node_timex_maxerror_seconds >= 16',
        for: '10m',
        severity: 'warning',
        subject: 'clock',
        summary: 'The clock of {{ $labels.node }} is not synchronised.',
        description:
          'No time server synchronises the clock of node {{ $labels.node }}, so it drifts from the clocks of the other nodes.',
      },
      {
        alert: 'NodeClockSkewed',
        expr: `abs(node_time_seconds - timestamp(node_time_seconds)) > ${threshold.clockSkewSeconds}`,
        for: '10m',
        severity: 'warning',
        subject: 'clock',
        summary: 'The clock of {{ $labels.node }} is wrong.',
        description:
          'The clock of node {{ $labels.node }} differs from the clock of Prometheus by {{ $value | humanizeDuration }}.',
      },
      {
        alert: 'NodeFileDescriptorsAlmostUsedUp',
        expr: `node_filefd_allocated / node_filefd_maximum > ${threshold.fileDescriptorsUsed}`,
        for: '15m',
        severity: 'warning',
        subject: 'file-descriptors',
        summary: '{{ $labels.node }} is running out of file descriptors.',
        description:
          'Node {{ $labels.node }} uses {{ $value | humanizePercentage }} of its file descriptors.',
      },
    ],
  }),
});
