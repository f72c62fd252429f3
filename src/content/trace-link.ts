import type { DashboardLink, FieldConfigSource } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Plain } from '../model/plain.js';
import { link } from './panel-link.js';

/** The scrape job of the party with the traces, whose name is also the uid of its data source. */
export const tracesParty = 'jaeger';

/**
 * Adds a link to the traces of a service in the time range: a name, or the label of the series in braces, such as
 * `{{service_name}}`.
 * https://grafana.com/docs/grafana/latest/explore/get-started-with-explore/#generate-explore-urls-from-external-tools
 */
export const withTraces = (
  { defaults, overrides }: Plain<FieldConfigSource>,
  service: string,
): Plain<FieldConfigSource> => ({
  defaults: {
    ...defaults,
    links: [
      ...((defaults.links ?? []) as Plain<DashboardLink>[]),
      link('Open traces', urlOf(service)),
    ],
  },
  overrides,
});

const urlOf = (service: string): string => {
  const query = {
    refId: 'A',
    datasource: { type: 'jaeger', uid: tracesParty },
    queryType: 'search',
    service,
  };
  const range = { from: '{{from}}', to: '{{to}}' };
  const panes = { traces: { datasource: tracesParty, queries: [query], range } };
  // Grafana replaces its variables only where they are not encoded.
  const encoded = encodeURIComponent(JSON.stringify(panes))
    .replace('%7B%7Bfrom%7D%7D', '${__from}')
    .replace('%7B%7Bto%7D%7D', '${__to}')
    .replace(/%7B%7B(\w+)%7D%7D/g, '${__field.labels.$1:percentencode}');
  return `/explore?schemaVersion=1&panes=${encoded}`;
};
