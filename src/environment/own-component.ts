import { z } from 'zod';
import {
  type AnyOptions,
  type ConfiguredComponent,
  definitionOf,
  withDefinition,
} from '../components/definition.js';
import { componentSchema } from '../config/component.js';
import type { Component } from '../model/party.js';
import { allowed } from '../schema/allowed.js';

/** A user's component in an environment: a component without options, or a definition with its options. */
export type OwnComponent = Component | (AnyOptions & ConfiguredComponent);

/** The schema of a user's component: its options have the schema of its definition. */
export const ownComponent = z
  .custom<Component | ConfiguredComponent>()
  .transform((value, context): OwnComponent => {
    const definition = definitionOf(value);
    const schema: z.ZodType = definition?.options ?? componentSchema;
    const { data, error } = schema.safeParse(value, { error: allowed, jitless: true });
    context.issues.push(...((error?.issues ?? []) as z.core.$ZodRawIssue[]));
    return definition ? withDefinition(data as AnyOptions, definition) : (data as Component);
  });
