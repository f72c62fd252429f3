import { type Row, stateTimeline, timeSeries } from '../../content/grafana.js';
import type { Application } from './application.js';

/** The health pages of an application, as blackbox-exporter sees them. */
export const healthRow = ({ name }: Application): Row => {
  const pages = `job=~"probe(-.+)?", cluster=~"$cluster", service="${name}"`;
  const byPath = (metric: string): string =>
    `min by (path) (label_replace(${metric}{${pages}}, "path", "$1", "instance", "https?://[^/]+(/.*)"))`;
  return {
    title: 'Health pages',
    needs: ['blackbox-exporter'],
    panels: [
      stateTimeline({
        title: 'Answers of the health pages',
        width: 12,
        description: 'Whether each page answers 200, through the Service. Bad: any failure.',
        unit: 'short',
        states: { 1: ['success', 'good'], 0: ['failure', 'critical'] },
        queries: { '{{path}}': byPath('probe_success') },
      }),
      timeSeries({
        title: 'Duration of the probes',
        width: 12,
        description: 'Time until the whole answer. Bad: growth.',
        unit: 's',
        queries: { '{{path}}': byPath('probe_duration_seconds') },
      }),
    ],
  };
};
