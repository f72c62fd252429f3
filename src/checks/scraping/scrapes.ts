import { type CheckInput, defineCheck } from '../../model/check.js';
import { prometheusFilesIn, type RelabelStep } from '../support/prometheus-file.js';
import { duplicates } from './scrapes/duplicate.js';
import { unexposed } from './scrapes/exposed.js';
import { faults, type Result } from './scrapes/faults.js';
import { type ShippedJob, shippedJobs } from './scrapes/job.js';
import { dropsAll, losesName } from './scrapes/names.js';
import { droppingStep } from './scrapes/targets.js';
import { unwritten } from './scrapes/written.js';

const check = defineCheck({
  faults,
  summary:
    'The relabelling of a scrape job, and that of a remote write, leaves series, and their metric names. No two targets have the same labels, no page is scraped twice, and what a job keeps is exposed.',
  run: (input: CheckInput) =>
    prometheusFilesIn(input).flatMap(({ config, manifest }) => {
      const jobs = shippedJobs(input, config, manifest);
      return [
        ...jobs.flatMap(relabelled),
        ...jobs.flatMap(targetless),
        ...duplicates(jobs, input),
        ...unexposed(jobs, input),
        ...unwritten(input, config, manifest),
      ];
    }),
});

export default check;

const relabelled = ({ userSteps: steps, at, config }: ShippedJob): Result[] => {
  const place = at('metric_relabel_configs');
  const losing = losesName(steps);
  if (losing) {
    return [{ place, fault: 'no-metric-name', value: textOf(losing) }];
  }
  if (!dropsAll(steps)) return [];
  return [{ place, fault: 'all-dropped', value: config.job_name }];
};

const targetless = ({ connections, native, at }: ShippedJob): Result[] =>
  (native ? [] : connections).flatMap((connection) => {
    const step = droppingStep(connection);
    return step
      ? [{ place: at('relabel_configs'), fault: 'targets-dropped', value: textOf(step) }]
      : [];
  });

const textOf = ({ action = 'replace', regex }: RelabelStep): string =>
  regex === undefined ? action : `${action} ${regex}`;
