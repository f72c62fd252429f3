import type { Finding } from '../../model/finding.js';
import { suggest } from '../../model/suggestion.js';
import { blackboxFile } from '../configuration/blackbox-exporter.js';
import { prometheusFile } from '../configuration/prometheus.js';
import { contentOf, type ReadFile } from '../configuration/reading.js';
import { errorIn } from '../pod/fault.js';
import { type Loose, listOf, recordOf } from '../reference/lenient.js';

type Result = Omit<Finding, 'check'>;

/** Modules of a prober that no prober has. */
export const unknownModules = (
  files: readonly ReadFile[],
  rawJobs: ReadonlyMap<string, unknown>,
): Result[] => {
  const read = ({ kind, text }: ReadFile): Loose =>
    kind ? (contentOf(kind, text) as Loose).value : undefined;
  const modules = files
    .filter(({ kind }) => kind?.schema === blackboxFile)
    .flatMap((file) => Object.keys(recordOf(read(file)?.modules)));
  return files
    .filter(({ kind }) => kind?.schema === prometheusFile)
    .flatMap((file) =>
      listOf(read(file)?.scrape_configs).flatMap(({ params, job_name: job }, index) =>
        // What a job in Prometheus's own words asks may have modules of its own.
        listOf(rawJobs.has(job) ? [] : params?.module)
          .filter((name) => !modules.includes(name))
          .map((name) => {
            const suggestion = suggest(`${name}`, modules);
            return errorIn(file.manifest, {
              path: `${file.key}: scrape_configs[${index}].params.module`,
              message: 'The prober has no such module.',
              value: name,
              remedy: `Use one of ${modules.join(', ')}.`,
              ...(suggestion && { suggestion }),
            });
          }),
      ),
    );
};
