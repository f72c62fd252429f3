import type { CheckInput } from '../../src/model/check.js';
import { type Manifest, titleOf } from '../../src/model/manifest.js';
import type { SynthesizedStack } from '../../src/output/synthesized-stack.js';
import { checkInputOf } from '../../src/run-checks.js';

// biome-ignore lint/suspicious/noExplicitAny: a test mutates objects in ways that no type allows
export type Mutable = any;

/** The input of checks for a stack that is published for the first time. */
export const inputOf = (
  stack: SynthesizedStack,
  differences: Partial<CheckInput> = {},
): CheckInput => ({
  ...checkInputOf(stack, [], {}),
  ...differences,
});

/**
 * The manifest of an object, by its title, such as `ConfigMap crowsnest/crowsnest-grafana-config`.
 */
export const manifestOf = (
  { manifests }: Pick<SynthesizedStack, 'manifests'>,
  title: string,
): Manifest => {
  const found = manifests.find(({ object }) => titleOf(object) === title);
  if (!found) throw new Error(`There is no ${title}.`);
  return found;
};

/** The input of a stack after one object is mutated. */
export const changed = (
  stack: SynthesizedStack,
  title: string,
  change: (object: Mutable) => unknown,
): CheckInput => {
  const manifest = manifestOf(stack, title);
  const object = structuredClone(manifest.object);
  change(object);
  const manifests = stack.manifests.map((one) => (one === manifest ? { ...one, object } : one));
  return inputOf(stack, { manifests });
};

/** The input of a stack without one object. */
export const without = (stack: SynthesizedStack, title: string): CheckInput => {
  const manifest = manifestOf(stack, title);
  return inputOf(stack, { manifests: stack.manifests.filter((one) => one !== manifest) });
};
