import { basename } from 'node:path';
import type { Line } from '../../../cluster/line.js';
import { properties } from '../../../cluster/literal.js';
import type { Library } from '../../new/library.js';

/** The module with the value of an option, which environments import. */
export const moduleText = (
  option: string,
  lines: readonly Line[],
  file: string,
  { index }: Pick<Library, 'index'>,
): string => `import type { EnvironmentOptions } from '${index}';

/** The option ${option}, written by crowsnest import from ${basename(file)}. */
export default {
${properties(lines)}} satisfies EnvironmentOptions['${option}'];
`;
