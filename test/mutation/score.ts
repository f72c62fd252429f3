import { join } from 'node:path';
import { loadModules } from '../../src/config/modules.js';
import type { Content } from '../../src/content/content.js';
import { loadContent } from '../../src/content/load.js';
import { validate } from '../../src/environment/validate.js';
import { loadChecks } from '../../src/load-checks.js';
import type { CheckInput } from '../../src/model/check.js';
import type { Report } from '../../src/model/fault.js';
import { checkOf, type Finding } from '../../src/model/finding.js';
import { publishedObjects } from '../../src/output/published.js';
import { checkInputOf, type NamedCheck, runChecks } from '../../src/run-checks.js';
import { sharedByStacks } from '../../src/same-cluster.js';
import { buildStack } from '../../src/stack.js';
import { harmlessClassOf } from './harmless.js';
import { credentialOperators } from './operators/credential.js';
import { declarationOperators } from './operators/declaration.js';
import { environmentOperators } from './operators/environment.js';
import { fileOperators } from './operators/file.js';
import { limitOperators } from './operators/limit.js';
import { loginOperators } from './operators/login.js';
import { mountOperators } from './operators/mount.js';
import { networkOperators } from './operators/network.js';
import { objectOperators } from './operators/object.js';
import { panelOperators } from './operators/panel.js';
import { portOperators } from './operators/port.js';
import { privilegeOperators } from './operators/privilege.js';
import { queryOperators } from './operators/query.js';
import { referenceOperators } from './operators/reference.js';
import { scrapingOperators } from './operators/scraping.js';
import { textOperators } from './operators/text.js';
import type { Operator, Project } from './place.js';

export const operators: readonly Operator[] = [
  ...objectOperators,
  ...networkOperators,
  ...referenceOperators,
  ...credentialOperators,
  ...privilegeOperators,
  ...limitOperators,
  ...fileOperators,
  ...declarationOperators,
  ...queryOperators,
  ...panelOperators,
  ...textOperators,
  ...scrapingOperators,
  ...mountOperators,
  ...portOperators,
  ...loginOperators,
  ...environmentOperators,
];

/** A fault that no error reports, and its place. */
export interface Survivor {
  readonly where: string;
  readonly was: unknown;
  /** Whether a warning reports it. @default false */
  readonly warned?: true;
  /** Its class of faults without consequences. */
  readonly harmless?: string;
}

/** The results of the places of one operator. */
export interface Score {
  readonly operator: string;
  readonly places: number;
  readonly caught: number;
  /** The number of faults that each check detects first. */
  readonly by: Readonly<Record<string, number>>;
  readonly survived: readonly Survivor[];
}

/** The production environment of a folder, and the checks. */
export const production = async (
  folder: string,
): Promise<{
  readonly input: CheckInput;
  readonly checks: readonly NamedCheck[];
  readonly project: Project;
}> => {
  const [checks, environments, { content }] = await Promise.all([
    loadChecks(),
    loadModules(join(folder, 'environments'), 'config'),
    loadContent([folder]),
  ]);
  const module = environments.modules.find(({ name }) => name === 'production');
  const { environment } = validate(module?.value, 'production', `${module?.file}`);
  if (!environment) throw new Error('The production environment is not valid.');
  // As in a synth of a clone: the published objects show which volumes have shrunk.
  const stack = buildStack(environment, content);
  const published = publishedObjects(join(folder, 'dist'), environment.name, stack.manifests);
  const input = checkInputOf(stack, published, content.sources);
  const synth: Project['synth'] = (all) => {
    const { stacks, findings } = stacksOf(all, content);
    const found = stacks.flatMap((one) =>
      runChecks(one, checks.checks, checkInputOf(one, [], content.sources)),
    );
    return [...findings, ...found, ...sharedByStacks(stacks)];
  };
  return { input, checks: checks.checks, project: { options: module?.value as never, synth } };
};

const stacksOf = (all: Parameters<Project['synth']>[0], content: Content) => {
  const validated = Object.entries(all).map(([name, options]) => validate(options, name, name));
  return {
    stacks: validated.flatMap(({ environment }) =>
      environment ? buildStack(environment, content) : [],
    ),
    findings: validated.flatMap(({ findings }) => findings),
  };
};

/** What a check reports; one that throws an error does not detect the fault. */
const reportsOf = ({ value, name }: NamedCheck, input: CheckInput): readonly Report[] => {
  try {
    return value.run(input);
  } catch (error) {
    console.error(`${name} throws: ${error}`);
    return [];
  }
};

const catches = (check: NamedCheck, input: CheckInput): boolean =>
  reportsOf(check, input).some(({ severity }) => severity === 'error');

/** The first check that detects the fault. It becomes the first of all, because it probably detects the next one. */
const firstOf = (order: NamedCheck[], input: CheckInput): string | undefined => {
  const at = order.findIndex((check) => catches(check, input));
  const [catching] = at < 0 ? [] : order.splice(at, 1);
  if (catching) order.unshift(catching);
  return catching?.name;
};

/** The check that detects the fault in an environment. */
const reporting = (findings: readonly Finding[]): string | undefined => {
  const error = findings.find(({ severity }) => severity === 'error');
  return error && checkOf(error);
};

/**
 * Adds the fault of an operator at each place, or at every nth place, and counts the detected ones.
 */
export const score = (
  { name, places }: Operator,
  { input, checks, project }: Awaited<ReturnType<typeof production>>,
  every = 1,
  first = 0,
): Score => {
  const order = [...checks];
  const by: Record<string, number> = {};
  const survived: Survivor[] = [];
  const all = places(input.manifests, project).filter((_, index) => index % every === first);
  for (const place of all) {
    const { where, was, manifests, connections = (all) => all } = place;
    const mutated = {
      ...input,
      manifests: manifests(),
      connections: connections(input.connections),
    };
    const catching = place.findings ? reporting(place.findings()) : firstOf(order, mutated);
    if (catching !== undefined) {
      by[catching] = (by[catching] ?? 0) + 1;
      continue;
    }
    const isWarned = place.findings
      ? place.findings().length > 0
      : checks.some((check) => reportsOf(check, mutated).length > 0);
    survived.push({
      where,
      was,
      harmless: harmlessClassOf(name, place)?.name,
      ...(isWarned && { warned: true }),
    });
  }
  const caught = Object.values(by).reduce((sum, one) => sum + one, 0);
  return { operator: name, places: all.length, caught, by, survived };
};

/** The score of an operator from the scores of parts of its places. */
export const together = (parts: readonly Score[]): Score =>
  parts.reduce((all, part) => ({
    operator: all.operator,
    places: all.places + part.places,
    caught: all.caught + part.caught,
    by: added(all.by, part.by),
    survived: [...all.survived, ...part.survived],
  }));

const added = (a: Score['by'], b: Score['by']): Score['by'] => ({
  ...a,
  ...Object.fromEntries(Object.entries(b).map(([name, count]) => [name, (a[name] ?? 0) + count])),
});
