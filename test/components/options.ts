import { type ComponentKey, definitions } from '../../src/components/index.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import type { Whole } from '../checks/whole.js';

/** All options of a component. A new option is a type error until it is listed here. */
export type WholeOptions<Key extends ComponentKey> = Whole<NonNullable<EnvironmentOptions[Key]>>;

type OptionsOfComponents = {
  readonly [Key in ComponentKey]: Required<NonNullable<EnvironmentOptions[Key]>>;
};

/** All options of every component: the default export of `options/<name>.ts`. */
export const optionsOfComponents = async (): Promise<OptionsOfComponents> => {
  const all = Object.entries(definitions).map(async ([key, { name }]) => [
    key,
    (await import(`./options/${name}.ts`)).default,
  ]);
  return Object.fromEntries(await Promise.all(all));
};
