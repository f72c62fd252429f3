/** The last part of a path. */
export const baseOf = (path: string): string => path.split('/').at(-1) ?? path;

/** Whether a file has the name of the last part of a pattern of paths. */
export const matches = (name: string, pattern: string): boolean => {
  const escaped = baseOf(pattern).replace(/[.+^${}()|\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(name);
};
