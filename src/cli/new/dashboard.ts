import type { Library } from './library.js';

/** The text of a dashboard about the requests of an application, from the span metrics. */
export const newDashboard = (subject: string, { grafana }: Library): string => {
  const title = subject.replace(/-/g, ' ').replace(/^./, (letter) => letter.toUpperCase());
  return `import { cluster, dashboard, stat, timeSeries } from '${grafana}';

const calls = 'service_name="${subject}", span_kind="SPAN_KIND_SERVER", cluster=~"$cluster"';
const rate = (more = '') =>
  \`sum by (span_name) (rate(traces_span_metrics_calls_total{\${calls}\${more}}[$__rate_interval]))\`;

export default dashboard({
  title: '${title}',
  description: 'Requests to ${subject}, and their errors.',
  folder: 'Applications',
  needs: ['span-metrics'],
  variables: [cluster],
  rows: [
    {
      title: 'Requests',
      panels: [
        stat({
          title: 'Requests a second',
          description: 'All requests of clients. Bad: none when requests are expected.',
          unit: 'reqps',
          queries: \`sum(\${rate()})\`,
        }),
        timeSeries({
          title: 'Requests',
          description: 'Requests by operation. Bad: a sudden fall, or an unexpected peak.',
          unit: 'reqps',
          queries: { '{{span_name}}': rate() },
        }),
        timeSeries({
          title: 'Errors',
          description: 'Share of requests that fail, by operation. Bad: above 1 %.',
          unit: 'percentunit',
          queries: { '{{span_name}}': \`\${rate(', status_code="STATUS_CODE_ERROR"')} / (\${rate()} > 0)\` },
        }),
      ],
    },
  ],
});
`;
};
