import { firingAlerts } from '../src/content/alert-exclusion.js';
import { alertGroup } from '../src/content/alert-group.js';

export default alertGroup({
  adaptRanges: true,
  needs: ['prometheus'],
  dashboard: 'stack-health',
  thresholds: {
    /** Ratio of the duration of a scrape to its timeout. */
    timeoutShare: 0.8,
    /** Ratio of the samples of a scrape to its limit. */
    sampleLimitShare: 0.8,
    /**
     * Collectors of node-exporter that work on every node. The others fail on a node without their
     * hardware or service (RAID, NVMe, NFS); `pressure` fails on a kernel without pressure stall information.
     */
    collectors:
      'cpu|diskstats|filefd|filesystem|loadavg|meminfo|netclass|netdev|netstat|pressure|sockstat|stat|time|timex|uname|vmstat',
  },
  rules: ({ timeoutShare, sampleLimitShare, collectors }) => ({
    alerts: [
      {
        alert: 'ScrapeSlow',
        expr: `avg_over_time(scrape_duration_seconds[10m]) / scrape_timeout_seconds > ${timeoutShare}`,
        for: '10m',
        keepFiringFor: '10m',
        severity: 'warning',
        subject: 'scrape',
        summary: 'Scrapes of {{ $labels.job }} at {{ $labels.instance }} are slow.',
        description:
          'Scrapes of {{ $labels.job }} at {{ $labels.instance }} take {{ $value | humanizePercentage }} of their timeout. Prometheus discards a scrape that exceeds it.',
      },
      {
        alert: 'ScrapeNearLimit',
        // Prometheus applies the limit after relabelling; without a limit, it is 0.
        expr: `scrape_samples_post_metric_relabeling / (scrape_sample_limit > 0) > ${sampleLimitShare}`,
        for: '15m',
        keepFiringFor: '15m',
        severity: 'warning',
        subject: 'scrape',
        summary: '{{ $labels.job }} at {{ $labels.instance }} is close to its limit of samples.',
        description:
          'A scrape of {{ $labels.job }} at {{ $labels.instance }} has {{ $value | humanizePercentage }} of the samples that its job allows. Prometheus discards a scrape that exceeds the limit.',
      },
      {
        alert: 'NodeAgentDown',
        // NodeNotReady reports the nodes that are not ready, KubeletDown a cAdvisor in a kubelet
        // that is down, JobDown all targets of a job.
        expr: `(max by (job, node) (up{job="node-exporter"}) == 0 or max by (job, node) (up{job="cadvisor"}) == 0 unless on (node) up{job="kubelet"} == 0) unless on (node) kube_node_status_condition{condition="Ready", status="true"} == 0 unless on (job) ${firingAlerts('JobDown')}`,
        for: '15m',
        keepFiringFor: '5m',
        severity: 'warning',
        subject: 'node-agent',
        needs: ['node-exporter', 'kube-state-metrics'],
        dashboard: 'node',
        summary: 'Prometheus cannot scrape {{ $labels.job }} on {{ $labels.node }}.',
        description:
          'Node {{ $labels.node }} is ready, but {{ $labels.job }} on it has not answered for 15 minutes. Alerts that use its metrics cannot fire for this node.',
      },
      {
        alert: 'NodeExporterCollectorFailing',
        expr: `node_scrape_collector_success{job="node-exporter", collector=~"${collectors}"} == 0`,
        for: '20m',
        keepFiringFor: '10m',
        severity: 'warning',
        needs: ['node-exporter'],
        summary: 'Collector {{ $labels.collector }} fails on {{ $labels.node }}.',
        description:
          'The collector {{ $labels.collector }} of node-exporter on {{ $labels.node }} has failed for 20 minutes. Alerts that use its metrics cannot fire for this node.',
      },
      {
        alert: 'ContainerMetricsFailing',
        expr: 'container_scrape_error{job="cadvisor"} == 1',
        for: '15m',
        keepFiringFor: '5m',
        severity: 'warning',
        needs: ['cadvisor'],
        summary: 'cAdvisor cannot read the metrics of containers on {{ $labels.node }}.',
        description:
          'cAdvisor on {{ $labels.node }} reports an error for each scrape. The metrics of some containers are missing.',
      },
      {
        alert: 'BlackboxExporterConfigNotLoaded',
        expr: 'max_over_time(blackbox_exporter_config_last_reload_successful{job="blackbox-exporter"}[5m]) == 0',
        for: '10m',
        severity: 'warning',
        needs: ['blackbox-exporter'],
        summary: 'blackbox-exporter {{ $labels.pod }} cannot load its configuration.',
        description:
          'blackbox-exporter {{ $labels.namespace }}/{{ $labels.pod }} still uses its previous configuration.',
      },
    ],
  }),
});
