import { checkInputOf } from '../../src/check.js';
import type { CheckInput } from '../../src/model/check.js';
import { type Manifest, titleOf } from '../../src/model/manifest.js';
import type { Stack } from '../../src/output/stack.js';

// biome-ignore lint/suspicious/noExplicitAny: a test spoils objects in ways that no type allows
export type Spoilt = any;

/** What checks look at in a stack that is published for the first time. */
export const inputOf = (stack: Stack, differences: Partial<CheckInput> = {}): CheckInput => ({
  ...checkInputOf(stack, [], {}),
  ...differences,
});

/** The manifest of an object by its title, such as `ConfigMap crowsnest/crowsnest-grafana-config`. */
export const manifestOf = ({ manifests }: Pick<Stack, 'manifests'>, title: string): Manifest => {
  const found = manifests.find(({ object }) => titleOf(object) === title);
  if (!found) throw new Error(`There is no ${title}.`);
  return found;
};

/** The input of a stack of which one object is changed in place. */
export const changed = (
  stack: Stack,
  title: string,
  change: (object: Spoilt) => unknown,
): CheckInput => {
  const manifest = manifestOf(stack, title);
  const object = structuredClone(manifest.object);
  change(object);
  const manifests = stack.manifests.map((one) => (one === manifest ? { ...one, object } : one));
  return inputOf(stack, { manifests });
};

/** The input of a stack that lacks one object. */
export const without = (stack: Stack, title: string): CheckInput => {
  const manifest = manifestOf(stack, title);
  return inputOf(stack, { manifests: stack.manifests.filter((one) => one !== manifest) });
};
