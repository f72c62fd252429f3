import pc from 'picocolors';

/** Whether a stream takes colours: a terminal's does, unless the environment says otherwise. */
export const takesColours = (
  stream: { readonly isTTY?: boolean },
  { NO_COLOR, FORCE_COLOR, TERM }: NodeJS.ProcessEnv,
): boolean => {
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== '0';
  return stream.isTTY === true && TERM !== 'dumb';
};

/** Colours of what is told on stderr. */
export const colours = pc.createColors(takesColours(process.stderr, process.env));

/** A way to set text off, or not. */
export type Colours = typeof colours;
