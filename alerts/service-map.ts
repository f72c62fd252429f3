import { alertGroup } from '../src/content/alert-group.js';

const by = 'client, server';
const copied = (label: string, expr: string, pattern = '(.+)'): string =>
  `label_replace(${expr}, "server", "$1", "${label}", "${pattern}")`;

/** The address of a server; of a Service, its name, which is usually also that of its spans. */
const address = (label: string, expr: string): string =>
  copied(label, copied(label, expr), '([^.]+)[.][^.]+[.]svc([.].+)?');

/** The server of a call: the name that the client states, or else its address. */
const named = (expr: string): string =>
  copied('peer_service', address('server_address', address('net_peer_name', expr)));

const calls = (series: string, more = '', labels = ''): string =>
  `sum by (${by}${labels}) (label_replace(${named(`rate(traces_peers_${series}{service_name!=""${more}}[5m])`)}, "client", "$1", "service_name", "(.+)"))`;
const all = calls('calls_total');

export default alertGroup({
  adaptRanges: true,
  needs: ['span-metrics'],
  rules: () => ({
    recordings: [
      { record: 'client_server:span_calls:rate5m', expr: all },
      {
        record: 'client_server:span_errors:rate5m',
        expr: `${calls('calls_total', ', status_code="STATUS_CODE_ERROR"')} or 0 * ${all}`,
      },
      {
        record: 'client_server:span_duration_milliseconds:p95',
        // Without calls, a quantile is NaN, which is not above zero.
        expr: `histogram_quantile(0.95, ${calls('duration_milliseconds_bucket', '', ', le')}) > 0`,
      },
    ],
    alerts: [],
  }),
});
