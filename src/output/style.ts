import { isImported } from '../model/check.js';
import type { Finding, Place } from '../model/finding.js';
import { plural } from '../model/plural.js';

/** Whether it is a warning about the style of a dashboard that others wrote. */
export const isStyleOfOthers = ({ severity, code, place }: Finding): boolean =>
  severity === 'warning' &&
  /^(dashboard-(layout|queries|style)|panels)\/|^dashboard-variables\/unused-variable$/.test(
    code,
  ) &&
  place.file !== undefined &&
  isImported({ file: place.file });

/** The warnings about the style of one dashboard, in which environments have them. */
interface Styled {
  readonly first: Finding;
  /** The number of places by code: equal findings of several environments count once. */
  readonly counts: Map<string, number>;
  readonly environments: Set<string>;
}

/** One line for each dashboard, with the number of its warnings and the first one, by environments. */
export const styleLines = (
  findings: readonly { readonly finding: Finding; readonly environments: readonly string[] }[],
): ReadonlyMap<string, readonly StyleLine[]> => {
  const all = new Map<string, Styled>();
  for (const { finding, environments } of findings) {
    const file = `${finding.place.file}`;
    const styled = all.get(file) ?? { first: finding, counts: new Map(), environments: new Set() };
    const count = 1 + (finding.others?.length ?? 0);
    styled.counts.set(finding.code, Math.max(count, styled.counts.get(finding.code) ?? 0));
    for (const one of environments) styled.environments.add(one);
    all.set(file, styled);
  }
  const groups = new Map<string, StyleLine[]>();
  for (const { first, counts, environments } of all.values()) {
    const names = JSON.stringify([...environments]);
    const count = [...counts.values()].reduce((sum, one) => sum + one, 0);
    groups.set(names, [
      ...(groups.get(names) ?? []),
      { ...lineOf(first, count), code: first.code },
    ]);
  }
  return groups;
};

export interface StyleLine {
  readonly at: string;
  readonly text: string;
  readonly code: string;
}

const lineOf = ({ place, message }: Finding, count: number): Omit<StyleLine, 'code'> => {
  const where = panelOf(place);
  const first = `${where ? `${where}: ` : ''}${message}`;
  return {
    at: [place.file, place.line].filter((part) => part !== undefined).join(':'),
    text: count === 1 ? first : `${plural(count, 'warning')}, first ${first}`,
  };
};

/** The panel in a path such as `shop.json: panel 'CPU'`. */
const panelOf = ({ path = '' }: Place): string => /: (.*)$/s.exec(path)?.[1] ?? '';
