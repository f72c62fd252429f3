import pc from 'picocolors';

/** Whether a stream supports colours: a terminal does, unless an environment variable disables them. */
export const takesColours = (
  stream: { readonly isTTY?: boolean },
  { NO_COLOR, FORCE_COLOR, TERM }: Readonly<Record<string, string | undefined>>,
): boolean => {
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== '0';
  return stream.isTTY === true && TERM !== 'dumb';
};

/** Colours of messages on stderr. */
export const colours = pc.createColors(takesColours(process.stderr, process.env));

/** A way to format text. */
export type Colours = typeof colours;
