import type { z } from 'zod';
import { bothRules, engineSchema, type TypeRules } from '../engine-schema.js';
import type { EngineValue } from '../engine-value.js';
import { engine } from './engine.js';
import { rulesOf } from './type-rules.js';

/** The schema of an Alertmanager type; without `reference`, as in Alertmanager's own file. */
export const alertmanagerType = (reference?: z.ZodType, ours: TypeRules = {}) =>
  engineSchema(engine, bothRules(rulesOf(reference), ours), reference);

/** A receiver in native Alertmanager configuration. */
export type RawReceiver = Omit<EngineValue<typeof engine, 'config.Receiver'>, 'name'>;

/** Native Alertmanager configuration. */
export type RawConfig = EngineValue<typeof engine, 'config.Config'>;
