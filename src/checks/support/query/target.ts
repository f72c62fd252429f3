import { anchored } from '../../../promql/regex.js';
import { type Labels, relabel } from '../../../schema/prometheus/relabelling.js';
import type { ScrapeConfig } from '../prometheus-file.js';

/** A target that the configuration of a job lists. */
export interface ListedTarget {
  /** Its public labels after relabelling, which all of its series have. */
  readonly labels: Labels;
  /** The page that Prometheus requests. */
  readonly page: { readonly address: string; readonly path: string; readonly query: string };
}

/**
 * The targets of `static_configs`, with the labels that Prometheus gives them; undefined if relabelling
 * depends on what only the cluster knows.
 * https://github.com/prometheus/prometheus/blob/v3.14.0/scrape/target.go (PopulateLabels)
 */
export const listedTargets = (job: ScrapeConfig): readonly ListedTarget[] | undefined => {
  const { static_configs = [], dns_sd_configs = [], relabel_configs: steps = [] } = job;
  if (static_configs.length === 0 || dns_sd_configs.length > 0) return undefined;
  const unknown = steps.some(
    ({ action, regex }) => action === 'hashmod' || (regex !== undefined && !anchored(`${regex}`)),
  );
  if (unknown) return undefined;
  return static_configs.flatMap(({ targets = [], labels }) =>
    targets.flatMap((target): ListedTarget[] => {
      const found = relabel({ ...defaultsOf(job), ...labels, __address__: `${target}` }, steps);
      const { __address__: address = '' } = found ?? {};
      return found && address !== '' ? [targetOf(job, found, address)] : [];
    }),
  );
};

const defaultsOf = ({ job_name, scheme, metrics_path, params = {} }: ScrapeConfig): Labels => ({
  job: `${job_name}`,
  __scheme__: `${scheme ?? 'http'}`,
  __metrics_path__: metrics_path ?? '/metrics',
  ...Object.fromEntries(
    Object.entries(params).flatMap(([name, values]) =>
      values?.[0] === undefined ? [] : [[`__param_${name}`, `${values[0]}`]],
    ),
  ),
});

const targetOf = ({ params = {} }: ScrapeConfig, found: Labels, address: string): ListedTarget => {
  const entries = Object.entries(found);
  const query = {
    ...params,
    // Relabelling sets the first value of a parameter.
    ...Object.fromEntries(
      entries.flatMap(([name, value]) => {
        const [, parameter] = /^__param_(.*)$/.exec(name) ?? [];
        return parameter ? [[parameter, [value, ...(params[parameter] ?? []).slice(1)]]] : [];
      }),
    ),
  };
  return {
    labels: Object.fromEntries(
      Object.entries({ ...found, instance: found.instance || address }).filter(
        ([name, value]) => !name.startsWith('__') && value !== '',
      ),
    ),
    page: {
      address: `${found.__scheme__}://${address}`,
      path: found.__metrics_path__ ?? '',
      query: JSON.stringify(Object.entries(query).sort(([a], [b]) => (a < b ? -1 : 1))),
    },
  };
};
