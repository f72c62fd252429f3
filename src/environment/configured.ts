import {
  type AnyDefinition,
  type AnyOptions,
  type Context,
  definitionOf,
} from '../components/definition.js';
import { type ComponentKey, definitions } from '../components/index.js';
import type { Resources } from '../config/size.js';
import type { Environment } from './environment.js';
import { sizeOf } from './sizing.js';

/** A component with its options in an environment. */
export interface Configured {
  readonly definition: AnyDefinition;
  readonly context: Context<AnyOptions, Resources>;
  readonly deployed: boolean;
  /** Key of its options in the environment. @default - it is a component of the user */
  readonly key?: string;
  /** Path of its options in the environment. @default - the component ships */
  readonly path?: string;
}

const shipped = Object.entries(
  definitions as unknown as Readonly<Record<ComponentKey, AnyDefinition>>,
);

/** The components with options, shipped ones first, each with its options and size in an environment. */
export const configured = (environment: Environment): Configured[] => {
  const all = [
    ...shipped.map(([key, definition]) => ({
      key,
      definition,
      options: environment[key as ComponentKey] as AnyOptions,
    })),
    ...environment.components.flatMap((one, index) => {
      const definition = definitionOf(one);
      return definition
        ? { definition, options: one as AnyOptions, path: `components[${index}]` }
        : [];
    }),
  ].map(({ definition, options, ...rest }) => {
    const size = sizeOf(definition, options, environment.size);
    const context = { options, size, environment };
    return { ...rest, definition, context, deployed: isDeployed(definition, context) };
  });
  const copies = all.flatMap(({ definition, context, deployed }) =>
    deployed ? (definition.copies?.(context) ?? []) : [],
  );
  return all.map((one) => ({ ...one, context: { ...one.context, copies } }));
};

const isDeployed = (
  { isWanted }: AnyDefinition,
  context: Omit<Context<AnyOptions, Resources>, 'copies'>,
): boolean => context.options.enabled && (isWanted?.(context) ?? true);
