import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import type { KubernetesObject } from '../../../src/model/manifest.js';
import { repository } from '../../output/command.js';

/** What monitors an application. */
export interface Figures {
  /** Lines without comments and empty ones. */
  readonly lines: number;
  /** Kubernetes objects, and those of them that are network policies. */
  readonly objects: number;
  readonly policies: number;
  readonly recordings: number;
  readonly alerts: number;
  readonly dashboards: number;
  readonly panels: number;
}

const textOf = (path: string): string => readFileSync(join(repository, path), 'utf8');

const linesOf = (text: string): number =>
  text.split('\n').filter((line) => !/^\s*(#|\/\/|---|$)/.test(line)).length;

/** The declaration in `examples/service.ts`: its options `applications` and `otherNamespaces`. */
export const declaration = (): string => {
  const [, text = ''] =
    /^( {2}otherNamespaces:[\s\S]*^ {2}\],)$/m.exec(textOf('examples/service.ts')) ?? [];
  return text;
};

/** The objects of a user of kube-prometheus-stack. */
export const objectsByHand = (): KubernetesObject[] =>
  parseAllDocuments(textOf('test/shipped/by-hand/orders.yaml')).map((one) => one.toJS());

export const figuresByHand = (): Figures => ({
  lines: linesOf(textOf('test/shipped/by-hand/orders.yaml')),
  ...countsIn(objectsByHand()),
});

/** What an environment has more with the declaration than without it. */
export const figuresOf = (
  withIt: readonly KubernetesObject[],
  without: readonly KubernetesObject[],
): Figures => {
  const [more, less] = [countsIn(withIt), countsIn(without)];
  const added = Object.keys(more).map((name) => {
    const key = name as keyof typeof more;
    return [key, more[key] - less[key]] as const;
  });
  const counts = Object.fromEntries(added) as unknown as ReturnType<typeof countsIn>;
  return { lines: linesOf(declaration()), ...counts };
};

/** Policies of both that are not the same. */
export const changedPolicies = (
  withIt: readonly KubernetesObject[],
  without: readonly KubernetesObject[],
): string[] => {
  const before = new Map(policiesIn(without).map((one) => [nameOf(one), JSON.stringify(one)]));
  return policiesIn(withIt)
    .filter((one) => before.has(nameOf(one)) && before.get(nameOf(one)) !== JSON.stringify(one))
    .map(nameOf);
};

const nameOf = ({ metadata }: KubernetesObject): string => `${metadata.namespace}/${metadata.name}`;

const policiesIn = (objects: readonly KubernetesObject[]): KubernetesObject[] =>
  objects.filter(({ kind }) => kind === 'NetworkPolicy');

interface Rule {
  readonly record?: string;
  readonly alert?: string;
}

interface Panel {
  readonly type: string;
  readonly panels?: readonly Panel[];
}

const countsIn = (objects: readonly KubernetesObject[]): Omit<Figures, 'lines'> => {
  const files = objects.flatMap(({ kind, data }) =>
    kind === 'ConfigMap' ? Object.entries((data ?? {}) as Record<string, string>) : [],
  );
  const groups: { rules: Rule[] }[] = [
    ...objects.flatMap(({ kind, spec }) => (kind === 'PrometheusRule' ? spec.groups : [])),
    ...files
      .filter(([name, text]) => name.endsWith('.yaml') && text.startsWith('groups:'))
      .flatMap(([, text]) => parse(text).groups),
  ];
  const rules = groups.flatMap((one) => one.rules);
  const dashboards = files
    .filter(([name, text]) => name.endsWith('.json') && text.includes('"panels"'))
    .map(([, text]) => JSON.parse(text) as { panels: Panel[] });
  return {
    objects: objects.length,
    policies: policiesIn(objects).length,
    recordings: rules.filter(({ record }) => record).length,
    alerts: rules.filter(({ alert }) => alert).length,
    dashboards: dashboards.length,
    panels: dashboards.flatMap(({ panels }) => panels.flatMap(panelsIn)).length,
  };
};

/** A panel, or those in a row. */
const panelsIn = (panel: Panel): readonly Panel[] =>
  panel.type === 'row' ? (panel.panels ?? []) : [panel];
