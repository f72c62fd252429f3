import pc from 'picocolors';
import { type FaultSource, parts } from '../fault-index.js';
import { loadChecks } from '../load-checks.js';
import type { FaultKind } from '../model/fault.js';
import { suggest } from '../model/suggestion.js';
import { takesColours } from '../output/colours.js';
import { type Runtime, UsageError } from './command.js';
import { isClone } from './project.js';

/** The explanation of a code, or of all faults of a check; also of those in `checks/` of the project. */
export const runExplain = async (code: string, { load, shipped }: Runtime): Promise<string> => {
  const { checks } = await loadChecks(load, ['.']);
  const sources = [...checks.map(({ name, value }) => ({ ...value, name })), ...parts];
  const [name = '', fault] = code.split('/');
  const source = sources.find((one) => one.name === name);
  const kind = fault === undefined ? undefined : source?.faults[fault];
  if (!source || (fault !== undefined && !kind))
    throw new UsageError(unknown(code, sources, shipped));
  const kinds = kind ? [[code, kind] as const] : allOf(source);
  const colours = pc.createColors(takesColours(process.stdout, process.env));
  const blocks = kinds.map(([title, one]) => describe(title, one, colours));
  return `${[`${name}: ${source.summary}`, ...blocks].join('\n\n')}\n`;
};

const allOf = ({ name, faults }: FaultSource) =>
  Object.entries(faults).map(([fault, kind]) => [`${name}/${fault}`, kind] as const);

const describe = (
  title: string,
  { what, why, example, fix, severity }: FaultKind,
  colours: ReturnType<typeof pc.createColors>,
): string =>
  [
    `${colours.bold(title)} (${severity ?? 'error'})`,
    `  ${what} ${why}`,
    '  Rejected:',
    ...example.split('\n').map((line) => colours.dim(`    ${line}`)),
    `  Fix: ${fix}`,
  ].join('\n');

const unknown = (code: string, sources: readonly FaultSource[], shipped: string): string => {
  const [name] = code.split('/');
  const source = sources.find((one) => one.name === name);
  const candidates = source
    ? Object.keys(source.faults).map((fault) => `${name}/${fault}`)
    : sources.flatMap((one) => [
        one.name,
        ...Object.keys(one.faults).map((fault) => `${one.name}/${fault}`),
      ]);
  // A fault without its check, which several checks can have.
  const whole = candidates.filter((one) => one.endsWith(`/${code}`));
  const suggested = whole.length > 0 ? whole : [suggest(code, candidates) ?? []].flat();
  const quoted = suggested.map((one) => `'${one}'`).join(' or ');
  const hint = quoted && ` Did you mean ${quoted}?`;
  return `No finding has the code '${code}'.${hint} ${isClone(shipped) ? '' : 'node_modules/crowsnest/'}docs/checks.md lists all checks.`;
};
