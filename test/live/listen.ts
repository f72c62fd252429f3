/** The shipped arguments, with a port of the loopback address for the listener in a flag. */
export const listeningOn = (
  args: readonly string[],
  port: number,
  flag = '--web.listen-address',
): string[] => {
  const shipped = `${flag}=`;
  if (!args.some((arg) => arg.startsWith(shipped))) throw new Error(`No argument has ${flag}.`);
  return args.map((arg) => (arg.startsWith(shipped) ? `${flag}=127.0.0.1:${port}` : arg));
};
