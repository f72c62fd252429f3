import { z } from 'zod';
import { type Application, applicationSchema } from '../applications/declared/application.js';
import type { ConfiguredComponent } from '../components/definition.js';
import { type Definitions, definitions } from '../components/index.js';
import { type CommonEnvironment, commonOptions } from '../config/common.js';
import type { componentSchema } from '../config/component.js';
import type { partySchema } from '../config/party.js';
import { rules } from './constraints.js';
import { type OwnComponent, ownComponent } from './own-component.js';

type ComponentShape = { [K in keyof Definitions]: z.ZodPrefault<Definitions[K]['options']> };

/** The options of each component, all optional. */
const componentOptions = Object.fromEntries(
  Object.entries(definitions).map(([key, { options }]) => [
    key,
    (options as z.ZodObject).prefault({}),
  ]),
) as unknown as ComponentShape;

/** The schema of an environment: common options, and the options of each component. */
export const environmentSchema = z
  .strictObject({
    ...commonOptions,
    /**
     * Applications of this environment: names of files in `applications/`, without extension, and
     * declarations, `application({ … })`. @default - all files of the folder
     */
    applications: z
      .array(
        z.union([z.string(), applicationSchema], {
          error: 'the name of a file in applications/, or application({ … })',
        }),
      )
      .optional(),
    /** Users' components, deployed together with ours. */
    components: z.array(ownComponent).default([]),
    ...componentOptions,
  })
  .superRefine(rules, { when: ({ value }) => typeof value === 'object' && value !== null });

/** The options of an environment: the default export of a file in `environments/`. */
export type EnvironmentOptions = Omit<
  z.input<typeof environmentSchema>,
  'parties' | 'components'
> & {
  /** Applications and other outside parties. */
  readonly parties?: readonly z.input<typeof partySchema>[];
  /** The user's own components. */
  readonly components?: readonly (z.input<typeof componentSchema> | ConfiguredComponent)[];
};

/** A validated environment, with all defaults set. */
export type Environment = CommonEnvironment & {
  readonly applications?: readonly (string | Application)[] | undefined;
  readonly components: readonly OwnComponent[];
} & {
  readonly [K in keyof Definitions]: z.output<Definitions[K]['options']>;
};
