import type { AnyDefinition } from '../components/definition.js';
import { type ComponentKey, type Definitions, definitions } from '../components/index.js';
import { type Resources, type SizeName, scales } from '../config/size.js';
import type { Environment } from './environment.js';

/** The sizes of all components of a stack. */
export type Sizing = { readonly [K in ComponentKey]: Definitions[K]['sizes'][SizeName] };

/** The presets of all components, by the name of the size. */
export const sizings = Object.fromEntries(
  Object.keys(scales).map((size) => [
    size,
    Object.fromEntries(
      Object.entries(definitions).map(([key, { sizes }]) => [key, sizes[size as SizeName]]),
    ),
  ]),
) as unknown as Readonly<Record<SizeName, Sizing>>;

/** The preset of an environment with its overrides. */
export const sizingOf = (environment: Environment): Sizing =>
  Object.fromEntries(
    Object.entries(definitions).map(([key, definition]) => [
      key,
      sizeOf(definition, environment[key as ComponentKey], environment.size),
    ]),
  ) as Sizing;

/** The size of one component; if its memory request must equal the limit, an override of one sets both. */
export const sizeOf = (
  { sizes, reservesMemory }: Pick<AnyDefinition, 'sizes' | 'reservesMemory'>,
  options: { readonly [K in keyof Resources]?: string },
  size: SizeName,
): Resources => {
  const preset = sizes[size];
  const { memoryLimit = preset.memoryLimit } = options;
  const own = Object.entries(options).filter(
    ([key, value]) => key in preset && value !== undefined,
  );
  return {
    ...preset,
    ...(reservesMemory && { memory: memoryLimit }),
    ...Object.fromEntries(own),
  };
};
