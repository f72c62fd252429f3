import { alertGroup } from '../src/content/alert-group.js';

export default alertGroup({
  needs: ['prometheus'],
  dashboard: 'stack-health',
  // A scrape times out after ten seconds, and its job fails at fifty thousand samples.
  thresholds: { slowSeconds: 8, samples: 40_000 },
  rules: ({ slowSeconds, samples }) => ({
    alerts: [
      {
        alert: 'ScrapeSlow',
        expr: `avg_over_time(scrape_duration_seconds[10m]) > ${slowSeconds}`,
        for: '10m',
        keepFiringFor: '10m',
        severity: 'warning',
        subject: 'scrape',
        summary: '{{ $labels.job }} at {{ $labels.instance }} takes long to answer a scrape.',
        description:
          'Scrapes of {{ $labels.job }} at {{ $labels.instance }} take {{ $value | humanizeDuration }}; at ten seconds they are given up.',
      },
      {
        alert: 'ScrapeNearLimit',
        expr: `scrape_samples_scraped > ${samples}`,
        for: '15m',
        keepFiringFor: '15m',
        severity: 'warning',
        subject: 'scrape',
        summary: '{{ $labels.job }} at {{ $labels.instance }} tells almost more than is taken.',
        description:
          'A scrape of {{ $labels.job }} at {{ $labels.instance }} has {{ $value | humanize }} samples; with more than 50k all of it is discarded.',
      },
      {
        alert: 'NodeExporterCollectorFailing',
        // The others fail by design on a node that has not what they are about: no RAID, no NVMe, no NFS.
        expr: 'node_scrape_collector_success{job="node-exporter", collector=~"cpu|diskstats|filefd|filesystem|loadavg|meminfo|netclass|netdev|stat|timex|vmstat"} == 0',
        for: '20m',
        keepFiringFor: '10m',
        severity: 'warning',
        needs: ['node-exporter'],
        summary: 'The collector {{ $labels.collector }} fails on {{ $labels.node }}.',
        description:
          'node-exporter on {{ $labels.node }} has told nothing of {{ $labels.collector }} for 20 minutes: alerts over it are silent.',
      },
      {
        alert: 'ContainerMetricsFailing',
        expr: 'container_scrape_error{job="cadvisor"} == 1',
        for: '15m',
        keepFiringFor: '5m',
        severity: 'warning',
        needs: ['cadvisor'],
        summary: 'What containers use on {{ $labels.node }} is not known.',
        description:
          'cAdvisor on {{ $labels.node }} fails to read the metrics of containers, and tells those that it has.',
      },
      {
        alert: 'BlackboxExporterConfigNotLoaded',
        expr: 'blackbox_exporter_config_last_reload_successful{job="blackbox-exporter"} == 0',
        for: '10m',
        severity: 'warning',
        needs: ['blackbox-exporter'],
        summary: 'blackbox-exporter {{ $labels.pod }} cannot load its configuration.',
        description:
          'blackbox-exporter {{ $labels.namespace }}/{{ $labels.pod }} goes on with the modules that it had before.',
      },
    ],
  }),
});
