import { z } from 'zod';
import { nativeProcessors } from '../collector/native.js';

/** Processors of lines. */
export const logProcessors = nativeProcessors('logs');

/** Native parts of the agent. */
export const nativeConfig = z.strictObject({
  /** Processors of the collector that each line passes, in this order, before it is queued. @default {} */
  processors: logProcessors
    .refine((all) => !('transform/line' in all), {
      error: "processors without the name 'transform/line', which the agent has itself",
    })
    .optional(),
});
