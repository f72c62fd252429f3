import { parse } from 'node:path';
import { inspect } from 'node:util';
import type { Finding, Place } from '../model/finding.js';
import { plural } from '../model/plural.js';
import { type Colours, colours as standard } from './colours.js';
import { isStyleOfOthers, type StyleLine, styleLines } from './style.js';

/** For which environments the checks did not run. */
export type Unchecked = 'everything' | readonly string[];

/** Findings as text: warnings before errors, grouped by place, equal findings of several environments once. */
export const report = (
  findings: readonly Finding[],
  colours: Colours = standard,
  unchecked: Unchecked = [],
): string => {
  const all = shared(findings);
  const combined = all.filter(({ finding }) => !isStyleOfOthers(finding));
  const styles = [...styleLines(all.filter(({ finding }) => isStyleOfOthers(finding)))];
  // What prevents a synthesis is last, where the terminal shows it.
  const groups = new Map<string, Finding[]>();
  for (const { finding, environments } of errorsLast(combined)) {
    const key = `${finding.severity} ${headingOf(finding.place, environments)}`;
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  const blocks = [...groups].map(([key, group]) =>
    [
      colours.bold(key.slice(key.indexOf(' ') + 1)),
      ...group.map((finding) => describe(finding, colours)),
    ].join('\n'),
  );
  const files = new Set(all.flatMap(({ finding }) => finding.place.file ?? [])).size;
  const lines = styles.flatMap(([, ofEnvironments]) => ofEnvironments);
  const severities = [
    ...lines.map(() => 'warning' as const),
    ...combined.map(({ finding }) => finding.severity),
  ];
  const last = [countOf(severities, files), ...uncheckedText(unchecked)].join(' ');
  const style = styles.map((one) => styleBlock(one, colours));
  return `${[...style, ...blocks, last].join('\n\n')}\n`;
};

/** The style of imported dashboards, which must not hide what does not work. */
const styleBlock = (
  [environments, lines]: readonly [string, readonly StyleLine[]],
  colours: Colours,
): string =>
  [
    colours.bold(
      `${headingOf({ file: 'style of imported dashboards' }, JSON.parse(environments))} (crowsnest synth --json lists all)`,
    ),
    ...lines.map(
      ({ at, text, code }) =>
        `  ${colours.yellow('warning')} ${colours.cyan(at)} ${text} ${colours.dim(`(${code})`)}`,
    ),
  ].join('\n');

/** A finding, and the environments that have it. */
interface Shared {
  readonly finding: Finding;
  readonly environments: readonly string[];
}

const shared = (findings: readonly Finding[]): readonly Shared[] => {
  const all = new Map<string, Shared>();
  for (const finding of findings) {
    const { environment, file, ...elsewhere } = finding.place;
    // A finding about an object is of an environment, but not of a line in its file.
    const isOwn = elsewhere.line === undefined && isFileOf(environment, file);
    const key = JSON.stringify({
      ...finding,
      place: isOwn ? elsewhere : { ...elsewhere, file },
    });
    const environments = [
      ...(all.get(key)?.environments ?? []),
      ...(environment ? [environment] : []),
    ];
    const first = all.get(key)?.finding ?? finding;
    all.set(environment ? key : `${all.size}`, {
      finding: first.place.file === file ? first : { ...first, place: elsewhere },
      environments: [...new Set(environments)],
    });
  }
  return [...all.values()];
};

const isFileOf = (environment: string | undefined, file: string | undefined): boolean =>
  environment !== undefined && file !== undefined && parse(file).name === environment;

const uncheckedText = (unchecked: Unchecked): string[] => {
  if (unchecked === 'everything') return ['The checks did not run.'];
  return unchecked.length > 0 ? [`The checks did not run for ${enumerated(unchecked)}.`] : [];
};

const enumerated = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

const describe = (finding: Finding, colours: Colours): string => {
  const { severity, code, place, message, value, why, remedy, suggestion, others = [] } = finding;
  const mark = severity === 'error' ? colours.red('error') : colours.yellow('warning');
  const where = [place.object, place.path].filter(Boolean).join(' ');
  return [
    `  ${mark} ${where ? `${colours.cyan(where)} ` : ''}${colours.dim(`(${code})`)}`,
    `    ${value === undefined ? message : withValue(message, value)}`,
    ...(why ? [`    ${why}`] : []),
    `    ${remedy}${suggestion ? ` Did you mean ${colours.green(`'${suggestion}'`)}?` : ''}`,
    ...(others.length > 0 ? [`    ${elsewhere(others)}`] : []),
    ...(place.construct ? [colours.dim(`    from ${place.construct}`)] : []),
  ].join('\n');
};

const withValue = (message: string, value: unknown): string =>
  `${message.replace(/\.$/, '')} (value ${short(value)})${message.endsWith('.') ? '.' : ''}`;

/** Other places of a fault: the first ones, and the number of the others. */
const elsewhere = (places: readonly Place[]): string => {
  const named = places.slice(0, 5).map(({ file, line, object, path }) => ({
    of: object ?? (line === undefined ? file : `${file}:${line}`),
    path,
  }));
  // An object with several places is named once.
  const shown = named.map(({ of, path }, index) =>
    [path && named[index - 1]?.of === of ? undefined : of, path].filter(Boolean).join(' '),
  );
  const more = places.length - shown.length;
  const rest = more > 0 ? [`${more} more`] : [];
  return `The same at ${plural(places.length, 'other place')}: ${enumerated([...shown, ...rest])}.`;
};

const headingOf = ({ file, line, column }: Place, environments: readonly string[]): string => {
  const position = [file, line, column].filter((part) => part !== undefined).join(':');
  const noun = environments.length > 1 ? 'environments' : 'environment';
  const where = environments.length > 0 && `${noun} ${enumerated(environments)}`;
  return [position, where].filter(Boolean).join(', ') || 'all';
};

const errorsLast = (all: readonly Shared[]): Shared[] =>
  [...all].sort(
    ({ finding: a }, { finding: b }) =>
      Number(a.severity === 'error') - Number(b.severity === 'error'),
  );

const short = (value: unknown): string =>
  inspect(value, { depth: 1, breakLength: Infinity, maxStringLength: 80 });

const countOf = (severities: readonly Finding['severity'][], files: number): string => {
  const errors = severities.filter((severity) => severity === 'error').length;
  const warnings = severities.length - errors;
  const parts = [
    ...(errors ? [plural(errors, 'error')] : []),
    ...(warnings ? [plural(warnings, 'warning')] : []),
  ];
  const where = files > 1 ? ` in ${files} files` : '';
  return errors
    ? `${parts.join(', ')}${where}. Nothing was written.`
    : `${parts.join(', ')}${where}.`;
};
