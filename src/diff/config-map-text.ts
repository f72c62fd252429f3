import { fromYaml } from '../model/yaml.js';

/**
 * A ConfigMap as synth writes it: its files are literal blocks, which need not be parsed as YAML. Most
 * of what is published are files, and this is several times faster. Undefined if it has another form.
 */
export const configMapOf = (document: string): unknown => {
  if (!/^kind: ConfigMap$/m.test(document)) return undefined;
  const texts: string[] = [];
  const skeleton = document.replace(block, (_, key: string, style: string, lines: string) => {
    const text = lines.replace(/^ {4}/gm, '').replace(/\n+$/, '');
    texts.push(style === '|' ? `${text}\n` : text);
    return `  ${key}: ${placeholder}${texts.length - 1}\n`;
  });
  const value = fromYaml(skeleton) as { data?: Record<string, unknown> } | null;
  const data = Object.entries(value?.data ?? {});
  const isBlock = ([, text]: [string, unknown]): boolean => `${text}`.startsWith(placeholder);
  if (data.filter(isBlock).length !== texts.length) return undefined;
  const files = data.map(([name, text]) => [
    name,
    isBlock([name, text]) ? texts[Number(`${text}`.slice(placeholder.length))] : text,
  ]);
  return { ...value, ...(value?.data && { data: Object.fromEntries(files) }) };
};

// A block that starts with a space, or has another indentation, is left to the parser.
const block = /^ {2}(\S+): (\|-?)\n( {4}\S.*\n(?: {4}.*\n|\n)*)/gm;

const placeholder = 'block-of-crowsnest-';
