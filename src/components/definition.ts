import { z } from 'zod';
import type { CommonEnvironment } from '../config/common.js';
import type { ConfigFault } from '../config/faults.js';
import { bytes, cores, objectName } from '../config/fields.js';
import type { Image } from '../config/image.js';
import { type Resources, type SizeName, scales } from '../config/size.js';
import type { Connection } from '../model/connection.js';
import type { FoundFault } from '../model/fault.js';
import type { Component, Party } from '../model/party.js';
import { suggest } from '../model/suggestion.js';
import type { VolumeCopy } from '../model/volume-copy.js';

/** Options that every component has. */
const shared = {
  /** `false` disables the component and everything that depends on it. @default true */
  enabled: z.boolean().default(true),
  /** CPU request. */
  cpu: cores.optional(),
  /** Memory request. */
  memory: bytes.optional(),
  /** Memory limit: a container that needs more is killed. */
  memoryLimit: bytes.optional(),
  /** Name of the PriorityClass of the pods. @default - that of the environment */
  priorityClass: objectName.optional(),
};

/** Options of a component with a volume. */
export const volumeOptions = {
  /** Size of the volume of each replica. */
  volume: bytes.optional(),
  /**
   * Size of a claim that the StatefulSet creates: if somebody deleted the claim, or added a replica by
   * hand. At most the size of the volume. It is immutable once the StatefulSet exists, so set it only in
   * a new environment.
   * @default '1Gi'
   */
  claimTemplate: bytes.optional(),
};

/** The input of a definition: its own options and size, and the common options. */
export interface Context<Options, Size> {
  readonly options: Options;
  /** The preset of the environment's size, with overrides from the options. */
  readonly size: Size;
  readonly environment: CommonEnvironment;
  /** How the volumes of all deployed components are copied. */
  readonly copies: readonly VolumeCopy[];
}

/** A property of an environment that selects content. */
export interface Fact<Options, Size> {
  /** Why content that needs the fact is left out if it does not hold. */
  readonly without: string | ((context: Context<Options, Size>) => string);
  holds(context: Context<Options, Size>, connections: readonly Connection[]): boolean;
}

/** The definition of a component. */
export interface Definition<
  Shape extends z.core.$ZodLooseShape,
  Size extends Resources,
  Options = z.output<z.ZodObject<Shape & typeof shared, z.core.$strict>>,
> {
  /** Name of the party in kebab-case; its key among the options of an environment is the same in camelCase. */
  readonly name: string;
  readonly options: z.ZodObject<Shape & typeof shared, z.core.$strict>;
  readonly sizes: Readonly<Record<SizeName, Size>>;
  /** The images of its containers, by the name that `ContainerOptions.image` uses. */
  readonly images: Readonly<Record<string, Image>>;
  /**
   * Whether its memory request equals its limit. When a node runs out of memory, the kernel first kills
   * processes that use more than they request.
   * @default false
   */
  readonly reservesMemory?: boolean;
  /** Facts about it, by names such as `configured:remote-write`. @default - none */
  readonly facts?: Readonly<Record<string, Fact<Options, Size>>>;
  /** Whether the options require it. @default - always */
  isWanted?(context: Pick<Context<Options, Size>, 'options' | 'environment'>): boolean;
  /** The component with the options of the environment. */
  declare(context: Context<Options, Size>): Component;
  /** How the volumes of its workloads are copied. @default - they are not copied */
  copies?(context: Omit<Context<Options, Size>, 'copies'>): readonly VolumeCopy[];
  /** Outside parties that result from its options. @default - none */
  parties?(context: Context<Options, Size>): readonly Party[];
  /** Rules between its options, which are checked even if single options are invalid. @default - none */
  validate?(options: Unvalidated, report: Report): void;
  /**
   * Faults in valid options that are only warnings, or that depend on the rest of the environment. Their
   * paths start at the options of the component.
   * @default - none
   */
  judge?(context: Context<Options, Size>): readonly FoundFault<ConfigFault>[];
}

/** A definition of any component, with the options of all components. */
export type AnyDefinition = Definition<object, Resources, AnyOptions>;

/** The options that every component has. */
export type AnyOptions = z.output<z.ZodObject<typeof shared>>;

const definition: unique symbol = Symbol('definition');

/** The options of a component, together with its definition. */
export interface ConfiguredComponent {
  readonly [definition]: AnyDefinition;
}

/** Adds its definition to the options of a component. */
export const withDefinition = <Options extends object>(
  options: Options,
  of: AnyDefinition,
): Options & ConfiguredComponent => ({ ...options, [definition]: of });

/** The definition that was added to options, if one was. */
export const definitionOf = (value: unknown): AnyDefinition | undefined =>
  typeof value === 'object' && value !== null && definition in value
    ? (value as ConfiguredComponent)[definition]
    : undefined;

/** Options that are not validated yet: any may be missing or have another type. */
export type Unvalidated = Readonly<Record<string, unknown>>;

/** Reports an invalid value, by its path in the options and the allowed value. */
export type Report = (path: readonly (string | number)[], expected: string) => void;

/** A definition with a function that takes the options of an environment. */
export interface DefinedComponent<Shape extends z.core.$ZodLooseShape, Size extends Resources>
  extends Definition<Shape, Size> {
  /** The component with these options, for the `components` of an environment. */
  with(options: z.input<Definition<Shape, Size>['options']>): ConfiguredComponent;
}

/** Defines a component; infers the types of its options and size. */
export const defineComponent = <Shape extends z.core.$ZodLooseShape, Size extends Resources>(
  fields: Omit<Definition<Shape, Size>, 'options'> & { readonly options: Shape },
): DefinedComponent<Shape, Size> => {
  const fault = faultOf(fields);
  if (fault) throw new Error(`defineComponent: ${fault}`);
  const defined: Definition<Shape, Size> = {
    ...fields,
    options: z.strictObject({ ...shared, ...fields.options }) as Definition<Shape, Size>['options'],
  };
  return {
    ...defined,
    with: (options) => withDefinition(options, defined as unknown as AnyDefinition),
  };
};

const required = ['name', 'options', 'sizes', 'images', 'declare'];
const optional = ['reservesMemory', 'facts', 'isWanted', 'copies', 'parties', 'validate', 'judge'];

/** What is wrong with the fields of a definition, for projects that do not check types. */
const faultOf = (fields: object): string | undefined => {
  const known = [...required, ...optional];
  const unknown = Object.keys(fields).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const suggestion = suggest(unknown, known);
    return `unknown field '${unknown}'. ${suggestion ? `Did you mean '${suggestion}'?` : `Use ${known.join(', ')}.`}`;
  }
  const missing = required.find((name) => !(name in fields));
  return missing ? `the field '${missing}' is missing.` : faultOfSizes(fields as Sized);
};

interface Sized {
  readonly sizes: Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;
}

/** What is wrong with the sizes of a definition: Kubernetes needs requests, and a limit of the memory. */
const faultOfSizes = ({ sizes }: Sized): string | undefined => {
  const known = Object.keys(scales);
  const unknown = Object.keys(sizes).find((name) => !known.includes(name));
  if (unknown !== undefined) return `unknown size '${unknown}'. Use ${known.join(', ')}.`;
  for (const name of known) {
    const size = sizes[name];
    if (!size) return `the size '${name}' is missing.`;
    const missing = ['cpu', 'memory', 'memoryLimit'].find((key) => typeof size[key] !== 'string');
    if (missing) return `the size '${name}' has no text '${missing}'.`;
  }
  return undefined;
};
