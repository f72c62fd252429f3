import type { CheckInput } from '../../../model/check.js';
import { connectionsFor } from '../../../model/connection.js';
import { type Manifest, titleOf } from '../../../model/manifest.js';
import { suggest } from '../../../model/suggestion.js';
import { anchored } from '../../../promql/regex.js';
import { relabel } from '../../../schema/prometheus/relabelling.js';
import type { PrometheusConfig, RelabelStep } from '../../support/prometheus-file.js';
import { seriesIn } from '../../support/query/series.js';
import type { Result } from './faults.js';
import { dropsAll, losesName } from './names.js';

/** Servers to which the relabelling of `remote_write` leaves no series, or series without a name. */
export const unwritten = (
  input: CheckInput,
  { remote_write = [], global }: PrometheusConfig,
  manifest: Manifest,
): Result[] =>
  remote_write.flatMap(({ write_relabel_configs: steps = [], url }, index): Result[] => {
    if (steps.length === 0) return [];
    const place = placeOf(input, manifest, index);
    const losing = losesName(steps);
    if (losing) {
      return [
        {
          place,
          fault: 'no-metric-name',
          message: 'The relabelling removes the metric name, which is the label __name__.',
          why: 'The server rejects series without a name.',
          value: losing.regex === undefined ? losing.action : `${losing.action} ${losing.regex}`,
        },
      ];
    }
    const names = namesIn(input);
    const external = Object.keys(global?.external_labels ?? {});
    if (dropsAll(steps, external) || (names && !names.some((name) => passes(name, steps)))) {
      return [{ place, fault: 'nothing-written', value: `${url}` }];
    }
    return names ? misspelt(steps, names).map((one) => ({ place, ...one })) : [];
  });

/** The option of the environment, or the place in the shipped file. */
const placeOf = (
  { connections, declarations }: CheckInput,
  { object, construct, patched = false }: Manifest,
  index: number,
): Result['place'] => {
  const path = `prometheus.remoteWrite[${index}]`;
  const declared = connectionsFor(connections, 'remote-write')
    .map(({ provider }) => declarations[provider.party])
    .find((one) => one?.path === path);
  return patched || !declared
    ? {
        object: titleOf(object),
        construct,
        path: `prometheus.yml: remote_write[${index}].write_relabel_configs`,
      }
    : {
        ...(declared.file && { file: declared.file }),
        ...(declared.line && { line: declared.line }),
        path: `${path}.write_relabel_configs`,
      };
};

/** The names of all series that Prometheus has; undefined if a job does not declare its metrics. */
const namesIn = (input: CheckInput): readonly string[] | undefined => {
  const { jobs, namesOf, recordings } = seriesIn(input);
  if (jobs.some(({ metrics, renames }) => !metrics || renames)) return undefined;
  const scraped = jobs.flatMap((job) => namesOf(job).filter((name) => job.keeps(name)));
  return [...new Set([...scraped, ...recordings.keys(), 'ALERTS', 'ALERTS_FOR_STATE'])];
};

const isAboutNames = ({ source_labels, action = '' }: RelabelStep): boolean =>
  `${source_labels}` === '__name__' && ['keep', 'drop'].includes(action);

/** Whether a series with this name may be written, whatever its other labels are. */
const passes = (name: string, steps: readonly RelabelStep[]): boolean => {
  const changing = steps.findIndex(
    ({ target_label, action }) => target_label === '__name__' || action === 'labelmap',
  );
  const first = changing < 0 ? steps : steps.slice(0, changing);
  return relabel({ __name__: name }, first.filter(isAboutNames)) !== undefined;
};

/** Names in a list of names to keep that no series has, but a similar one. */
const misspelt = (
  steps: readonly RelabelStep[],
  names: readonly string[],
): Pick<Result, 'fault' | 'severity' | 'message' | 'value' | 'suggestion'>[] =>
  steps
    .filter((step) => isAboutNames(step) && step.action === 'keep')
    .flatMap(({ regex = '' }) => (anchored(`${regex}`) ? `${regex}`.split('|') : []))
    .filter((name) => /^[\w:]+$/.test(name) && !names.includes(name))
    .flatMap((value) => {
      const suggestion = suggest(value, names);
      if (!suggestion) return [];
      const message = `No scraped job and no rule has the metric ${value}.`;
      return [{ fault: 'never-exposed', severity: 'warning', message, value, suggestion }];
    });
