import { suggest } from '../../../model/suggestion.js';
import type { MountedFile } from '../../support/file.js';
import { faultIn } from '../../support/pod/fault.js';
import { prometheusConfig } from '../../support/prometheus-file.js';
import { recordOf } from '../../support/untyped.js';
import type { Result } from './faults.js';

/** Modules in scrape jobs that no prober has. */
export const unknownModules = (
  files: readonly MountedFile[],
  rawJobs: ReadonlyMap<string, unknown>,
): Result[] => {
  const modules = files
    .filter(({ file }) => file?.kind === 'blackbox-exporter-config')
    .flatMap(({ content }) => Object.keys(recordOf(recordOf(content?.value).modules)));
  return files
    .filter(({ file }) => file?.kind === 'prometheus-config')
    .flatMap((file) =>
      (prometheusConfig(file.content?.value).scrape_configs ?? []).flatMap(
        ({ params, job_name = '', static_configs = [] }, index) =>
          // A native job can use another exporter with its own modules.
          (rawJobs.has(job_name)
            ? []
            : [
                ...(params?.module ?? []),
                ...static_configs.flatMap(({ labels = {} }) => labels.__param_module ?? []),
              ]
          )
            .filter((name) => !modules.includes(name))
            .map((name) => {
              const suggestion = suggest(name, modules);
              return faultIn(file.manifest, {
                path: `${file.key}: scrape_configs[${index}].params.module`,
                fault: 'unknown-module',
                value: name,
                remedy: `Use one of ${modules.join(', ')}.`,
                ...(suggestion && { suggestion }),
              });
            }),
      ),
    );
};
