import { ofEachScrape } from '../../../catalogues/series.js';
import type { CheckInput } from '../../../model/check.js';
import { titleOf } from '../../../model/manifest.js';
import { suggest } from '../../../model/suggestion.js';
import { exposedNames, limitsMetrics } from '../../support/query/exposure.js';
import { jobsIn, pageOf } from '../../support/query/job.js';
import { seriesIn } from '../../support/query/series.js';
import type { Result } from './faults.js';
import type { ShippedJob } from './job.js';

/** Keep lists with metrics that are not exposed, and exposed metrics that no keep list has. */
export const unexposed = (shipped: readonly ShippedJob[], input: CheckInput): Result[] => {
  const { namesOf } = seriesIn(input);
  return jobsIn(input).flatMap((job): Result[] => {
    const { config, at } = shipped.find((one) => one.config.job_name === job.scrapeJob) ?? {};
    if (!config || !at || !job.metrics) return [];
    const names = namesOf(job);
    const known = new Set(names);
    const kept = (config.metric_relabel_configs ?? [])
      .filter(({ action, source_labels }) => action === 'keep' && `${source_labels}` === '__name__')
      .flatMap(({ regex }) => (/^[\w:|]+$/.test(`${regex}`) ? `${regex}`.split('|') : []));
    const limiting = pageOf(job.scrapeJob, input.connections)?.offer.always
      ? input.manifests.find(limitsMetrics)
      : undefined;
    const dropped = limiting ? exposedNames(limiting).filter((one) => !job.keeps(one)) : [];
    return [
      ...[...new Set(kept)]
        .filter((name) => !known.has(name) && !ofEachScrape.has(name))
        .map((value): Result => {
          const suggestion = suggest(value, names);
          return {
            place: at('metric_relabel_configs'),
            fault: 'never-exposed',
            message: `The targets of '${job.name}' do not expose ${value}.`,
            value,
            ...(suggestion && { suggestion }),
          };
        }),
      ...(limiting && dropped.length > 0
        ? [
            {
              place: { object: titleOf(limiting.object), construct: limiting.construct },
              fault: 'never-kept' as const,
              value: dropped.join(', '),
            },
          ]
        : []),
    ];
  });
};
