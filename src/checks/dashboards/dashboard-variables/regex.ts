/**
 * Why Grafana cannot compile the regular expression of a variable: it is in slashes with flags, or
 * matches a whole value. Browsers and Node.js have the same regular expressions.
 * https://github.com/grafana/grafana/blob/main/packages/grafana-data/src/text/string.ts (stringToJsRegex)
 */
export const regexFault = (text: string): string | undefined => {
  const [, pattern, flags] = text.startsWith('/')
    ? (/^\/(.*?)\/(g?i?m?y?s?)$/.exec(text) ?? [])
    : [text, `^${text}$`, ''];
  if (pattern === undefined) return 'It has no closing slash.';
  try {
    new RegExp(pattern, flags);
    return undefined;
  } catch (error) {
    return `${(error as Error).message}.`;
  }
};
