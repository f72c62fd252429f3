import { parse } from 'yaml';
import type { Content } from '../../src/content/content.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { validate } from '../../src/environment/validate.js';
import type { CheckInput } from '../../src/model/check.js';
import type { Manifest } from '../../src/model/manifest.js';
import { titleOf } from '../../src/model/manifest.js';
import { metrics, type Offer } from '../../src/model/offer.js';
import type { SynthesizedStack } from '../../src/output/synthesized-stack.js';
import { checkInputOf } from '../../src/run-checks.js';
import { buildStack } from '../../src/stack.js';
import { sampleContent } from '../sample/content.js';
import production from '../sample/environments/production.js';
import { add, drop, type Edit, put, putInFile, remove } from './edit.js';
import { evaluate } from './evaluate.js';
import { type Lists, merge, type Tree } from './merge.js';

/** Completes an example: a sample stack, and the place of the example in it. */
export interface Setting {
  /** The input of the check without the example, and with it. */
  readonly inputs: (example: string) => { readonly without: CheckInput; readonly with: CheckInput };
  /** Other faults that the example causes. @default - none */
  readonly also?: readonly string[];
}

/** The settings of a check, by the names of its faults. */
export type Settings = Readonly<Record<string, Setting>>;

export const sample = await sampleContent();

/** The stack of an environment. */
export const stackOf = (
  options: EnvironmentOptions,
  content: Content = sample,
): SynthesizedStack => {
  const { environment, findings } = validate(options, 'production', 'environments/production.ts');
  if (!environment) throw new Error(JSON.stringify(findings, null, 2));
  const stack = buildStack(environment, content);
  if (stack.findings.length > 0) throw new Error(JSON.stringify(stack.findings, null, 2));
  return stack;
};

const productionStack = stackOf(production);

/** The environment with an application that offers metrics. */
export const shopping = (offers: readonly Offer[]): EnvironmentOptions =>
  merge(production, {
    parties: [
      {
        name: 'shop',
        workloads: { shop: { kind: 'pods', namespace: 'shop', labels: { app: 'shop' } } },
        endpoints: { web: { port: 8080, offers } },
        consumes: [],
      },
    ],
  });

/** The stack with the application `shop`, which declares its metrics. */
export const shop = stackOf(
  shopping([
    metrics('/metrics', {
      declares: {
        shop_errors_total: { type: 'counter' },
        shop_orders_total: { type: 'counter' },
        shop_requests_total: { type: 'counter' },
        shop_seconds: { type: 'histogram' },
      },
    }),
  ]),
);

export interface Given {
  /** @default - the production environment of the sample */
  readonly stack?: SynthesizedStack;
  /** Changes that make a place for the example. @default - none */
  readonly given?: readonly Edit[];
  /** The text in the comment of the example, as a change. @default - none */
  readonly together?: readonly Edit[];
  readonly also?: readonly string[];
  /** @default false */
  readonly imagesLocked?: boolean;
  /** @default 'add' */
  readonly lists?: Lists;
  /** Dotted paths that the example replaces. @default - it is merged into the existing value */
  readonly replaces?: readonly string[];
}

const apply = (manifests: readonly Manifest[], edits: readonly Edit[]): readonly Manifest[] =>
  edits.reduce((all, edit) => edit(all), manifests);

/** The example changes manifests. */
export const manifests = (
  change: (example: string) => Edit,
  { stack = productionStack, given = [], together = [], also = [], imagesLocked }: Given = {},
): Setting => ({
  also,
  inputs: (example) => {
    const input = checkInputOf(stack, [], sample.sources, imagesLocked);
    const without = apply(stack.manifests, given);
    return {
      without: { ...input, manifests: without },
      with: { ...input, manifests: apply(without, [...together, change(example)]) },
    };
  },
});

/** The example is a part of an object, at a dotted path. */
export const inObject = (title: string, path = '', given: Given = {}): Setting =>
  manifests((example) => put(title, path, parse(example), given.lists), {
    ...given,
    together: [...(given.replaces ?? []).map((one) => drop(title, one)), ...(given.together ?? [])],
  });

/** The example is an object, or a part of an object with any other fields. */
export const newObject = (rest: Tree, given: Given = {}): Setting =>
  manifests((example) => add(merge(rest, parse(example))), given);

/** The example is the title of an object that is removed. */
export const removed = (namespace: string, given: Given = {}): Setting =>
  manifests((example) => {
    const object = parse(example);
    return remove(titleOf(merge({ metadata: { namespace } }, object)));
  }, given);

/** The example is a part of a YAML file in a ConfigMap. */
export const inFile = (title: string, key: string, path = '', given: Given = {}): Setting =>
  manifests((example) => putInFile(title, key, path, parse(example), given.lists), given);

/** The example is a part of an environment, as TypeScript. */
export const inEnvironment = (
  given: {
    readonly options?: Tree;
    readonly together?: Tree;
    readonly published?: Tree;
    readonly also?: readonly string[];
  } = {},
): Setting => ({
  also: given.also ?? [],
  inputs: (example) => {
    const options = merge(production, given.options ?? {});
    const published =
      given.published === undefined
        ? []
        : stackOf(merge(options, given.published)).manifests.map(({ object }) => object);
    const inputOf = (more: Tree) =>
      checkInputOf(stackOf(merge(options, more)), published, sample.sources);
    return {
      without: inputOf(given.published ?? {}),
      with: inputOf(merge(given.together ?? {}, evaluate(example))),
    };
  },
});
