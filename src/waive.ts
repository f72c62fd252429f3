import { configFinding } from './config/faults.js';
import type { Environment } from './environment/environment.js';
import { checkOf, type Finding } from './model/finding.js';
import { suggest } from './model/suggestion.js';

/**
 * Removes the findings that the environment waives by check or code; a waiver of an unknown check or
 * without a finding is itself a finding.
 */
export const waive = (
  findings: readonly Finding[],
  { waivers, name, file }: Pick<Environment, 'waivers' | 'name' | 'file'>,
  /** The names of all checks, and all codes. */
  names: readonly string[],
): Finding[] => {
  const known = waivers.filter(({ check }) => names.includes(check));
  const left = findings.filter((finding) => !known.some((waiver) => covers(waiver, finding)));
  const faults = waivers.flatMap((waiver, index): Finding[] => {
    const place = { environment: name, file, path: `waivers[${index}]` };
    if (!names.includes(waiver.check)) return [unknown(waiver.check, names, place)];
    return findings.some((finding) => covers(waiver, finding)) ? [] : [unused(waiver, place)];
  });
  return [...left, ...faults];
};

type Waiver = Environment['waivers'][number];

const covers = ({ check, at }: Waiver, finding: Finding): boolean =>
  [finding.code, checkOf(finding)].includes(check) &&
  [finding.place.object, finding.place.file].includes(at);

const unknown = (check: string, names: readonly string[], place: Finding['place']): Finding => {
  const suggestion = suggest(check, names);
  const [name = ''] = check.split('/');
  const codes = names.filter((one) => one.startsWith(`${name}/`));
  const candidates = codes.length > 0 ? codes : names.filter((one) => !one.includes('/'));
  return configFinding({
    fault: 'unknown-waiver',
    place: { ...place, path: `${place.path}.check` },
    message: `Unknown check or code '${check}'.`,
    value: check,
    remedy: `Use one of ${candidates.join(', ')}.`,
    ...(suggestion && { suggestion }),
  });
};

const unused = ({ at }: Waiver, place: Finding['place']): Finding =>
  configFinding({
    fault: 'unused-waiver',
    place: { ...place, path: `${place.path}.at` },
    value: at,
  });
