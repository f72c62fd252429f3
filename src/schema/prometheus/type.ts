import type { z } from 'zod';
import { bothRules, type Engine, engineSchema, type TypeRules } from '../engine-schema.js';
import { engine } from './engine.js';
import { rulesOf } from './type-rules.js';

/** The schema of a Prometheus type; without `reference`, as in Prometheus's own file. */
export const prometheusType = (
  reference?: z.ZodType,
  ours: TypeRules = {},
  special: Engine['scalars'] = {},
) =>
  engineSchema(
    { ...engine, scalars: { ...engine.scalars, ...special } },
    bothRules(rulesOf(reference), ours),
    reference,
  );
