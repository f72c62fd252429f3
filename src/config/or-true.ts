import { z } from 'zod';

/** An object of options that can also be `true`, which is one without options, or `false`, which is none. */
export const orTrue = <Options extends z.ZodType>(options: Options) =>
  (
    z.preprocess(
      (value) => (value === true ? {} : value === false ? undefined : value),
      options.optional(),
    ) as z.ZodType<z.output<Options> | undefined, boolean | z.input<Options> | undefined>
  ).optional();

/** The error of the options; keys that they do not have are reported by themselves. */
export const orTrueError = {
  error: (issue: { readonly code?: string } | undefined) =>
    issue?.code === 'unrecognized_keys' ? undefined : 'true, false or an object',
};
