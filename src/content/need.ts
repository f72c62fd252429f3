import { isImported } from '../model/check.js';
import type { Finding } from '../model/finding.js';
import { meantTexts, suggest } from '../model/suggestion.js';
import type { Content } from './content.js';
import { type ContentFault, contentFinding } from './faults.js';
import { metaExtension } from './import/meta.js';
import { heldRemedy } from './queried.js';
import type { Omission } from './selected.js';

/**
 * Content that needs an unknown scrape job: no environment would ever have it. `others` are known besides,
 * and are determined only for what is not in `known`.
 */
export const unknownNeeds = (
  content: Content,
  known: readonly string[],
  others: () => readonly string[] = () => [],
): Finding[] => {
  const all = [
    ...Object.entries(content.dashboards).map(([uid, { needs = [] }]) => ({
      key: `dashboards/${uid}`,
      needs,
    })),
    ...Object.entries(content.alerts).map(([name, group]) => ({
      key: `alerts/${name}`,
      needs: [...group.needs, ...alertsOf(group).flatMap((one) => one.needs ?? [])],
    })),
  ];
  const here = new Set(known);
  if (all.every(({ needs }) => needs.every((one) => here.has(one)))) return [];
  const names = [...new Set([...known, ...others()])];
  return all.flatMap(({ key, needs }) =>
    unknown(needs, names, key, content, {
      fault: 'unknown-need',
      remedy: `Use one of ${names.toSorted().join(', ')}.`,
    }),
  );
};

/** Links of alerts to dashboards that do not exist. */
export const unknownDashboards = (content: Content): Finding[] => {
  const known = Object.keys(content.dashboards).sort();
  return Object.entries(content.alerts).flatMap(([name, group]) =>
    unknown(
      alertsOf(group).flatMap(({ dashboard = group.dashboard }) => dashboard ?? []),
      known,
      `alerts/${name}`,
      content,
      {
        fault: 'unknown-dashboard',
        remedy: `Use one of ${known.join(', ')}.`,
      },
    ),
  );
};

/**
 * Alerts about absent series that some environments lack, because they would always fire there. `usual` are the
 * jobs that an environment has or lacks by its options and its platform.
 */
export const lostAbsenceAlerts = (
  { sources }: Content,
  environments: readonly { readonly name: string; readonly omissions: readonly Omission[] }[],
  usual: () => readonly string[],
): Finding[] =>
  environments.flatMap(({ name: environment, omissions }) =>
    omissions.flatMap(({ name, file, reason, absent = [] }): Finding[] => {
      const isEverywhere = environments.every((one) =>
        one.omissions.some((other) => other.file === file && other.name === name),
      );
      if (isEverywhere || absent.length === 0 || absent.every((one) => usual().includes(one))) {
        return [];
      }
      const source = sources[`alerts/${file}`];
      return [
        contentFinding({
          fault: 'unscraped-rules',
          place: { file: source?.file, line: source?.lineOf(name), environment },
          message: `This environment does not have ${name}: ${reason}.`,
          remedy: `Declare what has these series in this environment, or disable the alert: alerts: [without('${name}', '…')].`,
        }),
      ];
    }),
  );

/** Rules of others that no environment has: one warning for each file. */
export const unscrapedRules = (
  { ruleFiles, logRuleFiles = {}, sources }: Content,
  environments: readonly (readonly Omission[])[],
): Finding[] =>
  Object.entries({ ...ruleFiles, ...logRuleFiles }).flatMap(([name, groups]) => {
    const total = groups.flatMap(({ rules }) => rules).length;
    const left = environments.map((all) => all.filter(({ file }) => file === name));
    const nowhere = (left[0] ?? []).filter((rule) =>
      left.every((all) => all.some((one) => one.kind === rule.kind && one.name === rule.name)),
    );
    const [example] = nowhere;
    if (!example) return [];
    const { message, ...texts } = meantTexts(
      Object.assign({}, ...nowhere.map((rule) => rule.meant ?? {})),
    );
    return [
      contentFinding({
        fault: 'unscraped-rules',
        place: { file: sources[`alerts/${name}`]?.file },
        message: `${leftOut(nowhere, total)}: ${example.reason}.${message}`,
        ...texts,
        ...heldRemedy(nowhere),
        ...(name in logRuleFiles && {
          remedy: 'Deploy Loki, whose ruler evaluates them: loki: { enabled: true }.',
        }),
      }),
    ];
  });

const leftOut = ([first, ...others]: readonly Omission[], total: number): string => {
  const count = others.length + 1;
  if (total === 1) return 'No environment has the rule of this file';
  if (count === total) return `No environment has any of the ${total} rules`;
  return count === 1
    ? `No environment has ${first!.name}, one of ${total} rules`
    : `No environment has ${count} of the ${total} rules, such as ${first!.name}`;
};

const alertsOf = (group: Content['alerts'][string]) => group.rules(group.thresholds).alerts;

const unknown = (
  names: readonly string[],
  known: readonly string[],
  key: string,
  { sources }: Content,
  described: Pick<ContentFault, 'fault' | 'remedy'>,
): Finding[] =>
  [...new Set(names)]
    .filter((name) => !known.includes(name))
    .map((name) => {
      const source = sources[key];
      const suggestion = suggest(name, known);
      // What others wrote states its jobs in the file next to it.
      const place = isImported(source)
        ? { file: source?.file.replace(/\.\w+$/, metaExtension), path: 'needs' }
        : { file: source?.file, line: source?.lineOf(`'${name}'`) };
      return contentFinding({
        place,
        value: name,
        ...described,
        ...(suggestion && { suggestion }),
      });
    });
