import type { Environment } from './config/environment.js';
import type { Finding } from './model/finding.js';
import { suggest } from './model/suggestion.js';

/**
 * Takes out the findings of checks that the environment waives; a waiver of a check that there is
 * not, or of nothing that was found, is a finding itself.
 */
export const waive = (
  findings: readonly Finding[],
  { waivers, name, file }: Pick<Environment, 'waivers' | 'name' | 'file'>,
  checks: readonly string[],
): Finding[] => {
  const known = waivers.filter(({ check }) => checks.includes(check));
  const left = findings.filter((finding) => !known.some((waiver) => covers(waiver, finding)));
  const faults = waivers.flatMap((waiver, index): Finding[] => {
    const place = { environment: name, file, path: `waivers[${index}]` };
    if (!checks.includes(waiver.check)) return [unknown(waiver.check, checks, place)];
    return findings.some((finding) => covers(waiver, finding)) ? [] : [idle(waiver, place)];
  });
  return [...left, ...faults];
};

type Waiver = Environment['waivers'][number];

const covers = ({ check, at }: Waiver, finding: Finding): boolean =>
  finding.check === check && [finding.place.object, finding.place.file].includes(at);

const unknown = (check: string, checks: readonly string[], place: Finding['place']): Finding => {
  const suggestion = suggest(check, checks);
  return {
    check: 'config',
    severity: 'error',
    place: { ...place, path: `${place.path}.check` },
    message: 'There is no check of this name.',
    value: check,
    remedy: `The checks are ${checks.join(', ')}.`,
    ...(suggestion && { suggestion }),
  };
};

const idle = ({ at }: Waiver, place: Finding['place']): Finding => ({
  check: 'config',
  severity: 'warning',
  place: { ...place, path: `${place.path}.at` },
  message: 'The waiver waives nothing: the check finds nothing there.',
  value: at,
  remedy: 'Remove it, or name an object as findings do, such as Service crowsnest/shop.',
});
