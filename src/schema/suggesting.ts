import type { z } from 'zod';

/** A rule about a value, whose finding suggests what is meant, if that is likely. */
export const suggesting =
  <T>(
    isValid: (value: T) => boolean,
    message: string,
    meant: (value: T) => string | number | undefined,
  ) =>
  (value: T, context: z.RefinementCtx): void => {
    if (isValid(value)) return;
    const suggestion = meant(value);
    context.addIssue({
      code: 'custom',
      message,
      ...(suggestion !== undefined && { params: { suggestion: `${suggestion}` } }),
    });
  };
