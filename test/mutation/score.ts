import { checkInputOf, type NamedCheck } from '../../src/check.js';
import { loadModules } from '../../src/config/modules.js';
import { validate } from '../../src/config/validate.js';
import { loadContent } from '../../src/content/load.js';
import type { CheckInput } from '../../src/model/check.js';
import { publishedObjects } from '../../src/output/published.js';
import { buildStack } from '../../src/stack.js';
import { harmlessClassOf } from './harmless.js';
import { fileOperators } from './operators/file.js';
import { networkOperators } from './operators/network.js';
import { objectOperators } from './operators/object.js';
import { privilegeOperators } from './operators/privilege.js';
import { queryOperators } from './operators/query.js';
import { referenceOperators } from './operators/reference.js';
import type { Operator } from './place.js';

export const operators: readonly Operator[] = [
  ...objectOperators,
  ...networkOperators,
  ...referenceOperators,
  ...privilegeOperators,
  ...fileOperators,
  ...queryOperators,
];

/** Where a fault is put and no check sees it. */
export interface Survivor {
  readonly where: string;
  readonly was: unknown;
  /** Its class of those that have no consequence. */
  readonly harmless?: string;
}

/** What became of the places of one operator. */
export interface Score {
  readonly operator: string;
  readonly places: number;
  readonly caught: number;
  /** How many each check was the first to catch. */
  readonly by: Readonly<Record<string, number>>;
  readonly survived: readonly Survivor[];
}

/** The production environment, and the checks that may catch. */
export const production = async (): Promise<{
  readonly input: CheckInput;
  readonly checks: readonly NamedCheck[];
}> => {
  const [checks, environments, { content }] = await Promise.all([
    loadModules('src/checks', 'checks'),
    loadModules('environments', 'config'),
    loadContent(['.']),
  ]);
  const module = environments.modules.find(({ name }) => name === 'production');
  const { environment } = validate(module?.value, 'production', `${module?.file}`);
  if (!environment) throw new Error('The production environment is not valid.');
  // As a synth in a clone finds it: what was published before tells what has shrunk since.
  const stack = buildStack(environment, content);
  const published = publishedObjects('dist', environment.name, stack.manifests);
  const input = checkInputOf(stack, published, content.sources);
  return { input, checks: checks.modules as readonly NamedCheck[] };
};

/** A check that throws tells nobody what is wrong: that is not catching. */
const catches = ({ value, name }: NamedCheck, input: CheckInput): boolean => {
  try {
    return value.run(input).some(({ severity }) => severity === 'error');
  } catch (error) {
    console.error(`${name} throws: ${error}`);
    return false;
  }
};

/** Puts the fault of an operator at each place, or at every so many, and counts what is caught. */
export const score = (
  { name, places }: Operator,
  input: CheckInput,
  checks: readonly NamedCheck[],
  every = 1,
  first = 0,
): Score => {
  // The one that caught the last is the likeliest to catch the next.
  const order = [...checks];
  const by: Record<string, number> = {};
  const survived: Survivor[] = [];
  const all = places(input.manifests).filter((_, index) => index % every === first);
  for (const place of all) {
    const { where, was, manifests } = place;
    const spoilt = { ...input, manifests: manifests() };
    const at = order.findIndex((check) => catches(check, spoilt));
    const [catching] = at < 0 ? [] : order.splice(at, 1);
    if (catching) {
      order.unshift(catching);
      by[catching.name] = (by[catching.name] ?? 0) + 1;
      continue;
    }
    survived.push({ where, was, harmless: harmlessClassOf(name, place)?.name });
  }
  const caught = Object.values(by).reduce((sum, one) => sum + one, 0);
  return { operator: name, places: all.length, caught, by, survived };
};

/** The score of an operator from those of parts of its places. */
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
