import type { CheckInput } from '../../../model/check.js';
import { type Connection, connectionsFor } from '../../../model/connection.js';
import type { Place } from '../../../model/finding.js';
import { type Manifest, titleOf } from '../../../model/manifest.js';
import type { RelabelStep, ScrapeConfig } from '../../support/prometheus-file.js';
import { pageOf } from '../../support/query/job.js';

/** A shipped scrape job, and what declares it. */
export interface ShippedJob {
  readonly config: ScrapeConfig & { readonly job_name: string };
  readonly index: number;
  /** Declared connections to its targets: one for a page of a party, all for a native job. */
  readonly connections: readonly Connection[];
  /** Whether its configuration is that of the user. */
  readonly native: boolean;
  /** The metric relabelling that users wrote, without the keep lists that are derived. */
  readonly userSteps: readonly RelabelStep[];
  /** The place of one of its fields, in the environment, in `applications/`, or in the shipped file. */
  readonly at: (field: 'relabel_configs' | 'metric_relabel_configs' | 'static_configs') => Place;
}

/** The scrape jobs of a shipped configuration. */
export const shippedJobs = (
  { connections, declarations }: Pick<CheckInput, 'connections' | 'declarations'>,
  { scrape_configs = [] }: { readonly scrape_configs?: readonly ScrapeConfig[] },
  { object, construct, patched = false }: Manifest,
): ShippedJob[] =>
  scrape_configs.flatMap((config, index): ShippedJob[] => {
    const { job_name: name, metric_relabel_configs: steps = [] } = config;
    if (name === undefined) return [];
    const raw = connectionsFor(connections, 'raw-metrics').filter(
      ({ offer }) => offer.variant === name,
    );
    const page = pageOf(name, connections);
    const mine = page ? [page] : raw;
    const [party] = mine.map(({ provider }) => provider.party);
    const declaration = patched || party === undefined ? undefined : declarations[party];
    const count = page?.offer.sampleRelabel?.length ?? 0;
    return [
      {
        config: { ...config, job_name: name },
        index,
        connections: mine,
        native: raw.length > 0,
        userSteps: page ? steps.slice(steps.length - count) : steps,
        at: (field) =>
          declaration
            ? {
                ...(declaration.file && { file: declaration.file }),
                ...(declaration.line && { line: declaration.line }),
                path:
                  raw.length > 0
                    ? `${declaration.path}.config.${field}`
                    : [declaration.path, declaration.options?.[page?.endpointName ?? '']]
                        .filter(Boolean)
                        .join('.'),
              }
            : {
                object: titleOf(object),
                construct,
                path: `prometheus.yml: scrape_configs[${index}].${field}`,
              },
      },
    ];
  });
