import type { Finding } from '../../model/finding.js';
import { errorIn } from '../pod/fault.js';
import { type Loose, listOf, recordOf, textsOf } from '../reference/lenient.js';
import { dashboardFile, providerFile } from './grafana.js';
import { prometheusFile, ruleFile } from './prometheus.js';
import { contentOf, type ReadFile } from './reading.js';

/** Which files name the folders where others lie, or patterns of their paths. */
const listings = [
  {
    lister: prometheusFile,
    listed: ruleFile,
    what: 'rule_files',
    leadsIn: (file: Loose) => textsOf(listOf(file.rule_files)).map(globOf),
  },
  {
    lister: providerFile,
    listed: dashboardFile,
    what: 'providers',
    leadsIn: (file: Loose) =>
      textsOf(listOf(file.providers).map(({ options }) => options?.path)).map((folder) =>
        globOf(`${folder}/**`),
      ),
  },
] as const;

/** Rules and dashboards that lie where their server does not look for any. */
export const unlisted = (files: readonly ReadFile[]): Omit<Finding, 'check'>[] =>
  files.flatMap((file) => {
    const listing = listings.find(({ lister }) => lister === file.kind?.schema);
    if (!listing) return [];
    const content = contentOf(file.kind!, file.text);
    if (content.fault !== undefined) return [];
    const leads = listing.leadsIn(recordOf((content as Loose).value));
    return files
      .filter(({ kind, template }) => kind?.schema === listing.listed && template === file.template)
      .filter((one) => !one.paths.some((path) => leads.some((lead) => lead.test(path))))
      .map((one) =>
        errorIn(one.manifest, {
          path: one.key,
          message: `No entry of ${listing.what} in ${file.key} leads to this file.`,
          value: one.paths.join(', '),
          remedy: `Add its folder to ${listing.what}.`,
        }),
      );
  });

/** What a pattern of paths matches, in which `*` stands for a part of a name and `**` for any path. */
const globOf = (pattern: string): RegExp => {
  const text = pattern.replace(/[.+^$()|{}\\]/g, '\\$&');
  return new RegExp(`^${text.replace(/\*+/g, (stars) => (stars.length > 1 ? '.+' : '[^/]*'))}$`);
};
