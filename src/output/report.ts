import { inspect } from 'node:util';
import type { Finding, Place } from '../model/finding.js';
import { type Colours, colours as standard } from './colours.js';

/** Findings as text for people: grouped by where they are, errors first. */
export const report = (findings: readonly Finding[], colours: Colours = standard): string => {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const heading = headingOf(finding.place);
    groups.set(heading, [...(groups.get(heading) ?? []), finding]);
  }
  const blocks = [...groups].map(([heading, group]) =>
    [
      colours.bold(heading),
      ...errorsFirst(group).map((finding) => describe(finding, colours)),
    ].join('\n'),
  );
  return `${[...blocks, countOf(findings)].join('\n\n')}\n`;
};

const describe = (finding: Finding, colours: Colours): string => {
  const { severity, check, place, message, value, why, remedy, suggestion } = finding;
  const mark = severity === 'error' ? colours.red('error') : colours.yellow('warning');
  const where = [place.object, place.path].filter(Boolean).join(' ');
  return [
    `  ${mark} ${where ? `${colours.cyan(where)} ` : ''}${colours.dim(`(${check})`)}`,
    `    ${message}${value === undefined ? '' : ` It is ${short(value)}.`}`,
    ...(why ? [`    ${why}`] : []),
    `    ${remedy}${suggestion ? ` Did you mean ${colours.green(`'${suggestion}'`)}?` : ''}`,
    ...(place.construct ? [colours.dim(`    from ${place.construct}`)] : []),
  ].join('\n');
};

const headingOf = ({ environment, file, line, column }: Place): string => {
  const position = [file, line, column].filter((part) => part !== undefined).join(':');
  return (
    [position, environment && `environment ${environment}`].filter(Boolean).join(', ') || 'all'
  );
};

const errorsFirst = (findings: readonly Finding[]): Finding[] =>
  [...findings].sort((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'));

const short = (value: unknown): string =>
  inspect(value, { depth: 1, breakLength: Infinity, maxStringLength: 80 });

const countOf = (findings: readonly Finding[]): string => {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const warnings = findings.length - errors;
  const parts = [
    ...(errors ? [plural(errors, 'error')] : []),
    ...(warnings ? [plural(warnings, 'warning')] : []),
  ];
  return errors ? `${parts.join(', ')}. Nothing was written.` : `${parts.join(', ')}.`;
};

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
