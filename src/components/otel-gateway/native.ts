import { z } from 'zod';
import { type NativeProcessors, nativeProcessors } from '../collector/native.js';
import { type NativePolicy, policy } from './policy.js';

/** Processors of spans. */
export const spanProcessors = nativeProcessors('traces');

/** Processors of lines of logs. */
export const logProcessors = nativeProcessors('logs');

// The names of the policies that result from `sampling`.
const taken = /^(errors|slow|rest|always-\d+|service-.*)$/;

/** Native parts of the gateway. */
export const nativeConfig = z.strictObject({
  /** Processors of the collector that each span passes first, in this order, before it is counted and sampled. @default {} */
  processors: spanProcessors
    .refine((all) => !('filter/calls' in all || 'resource/instance' in all), {
      error:
        "processors without the names 'filter/calls' and 'resource/instance', which the gateway has itself",
    })
    .optional(),
  /** Processors that each line of logs passes, in this order; their names differ from those in `processors`. @default {} */
  logProcessors: logProcessors.optional(),
  /** Policies of the processor for tail sampling, which are evaluated before those of `sampling`. @default [] */
  policies: z
    .array(policy)
    .refine((all) => all.every(({ name }) => !taken.test(name)), {
      error: "policies with other names than those of `sampling`, such as 'errors' and 'rest'",
    })
    .optional(),
});

export interface NativeConfig {
  readonly processors?: NativeProcessors<'traces'> | undefined;
  readonly logProcessors?: NativeProcessors<'logs'> | undefined;
  readonly policies?: readonly NativePolicy[] | undefined;
}
