import type { Format } from '../../model/file.js';

/** Sections with keys. All values in an INI file are texts. */
type Ini = Readonly<Record<string, Readonly<Record<string, string>> | undefined>>;

/** The INI format of Grafana. */
export const ini: Format = {
  write: (value) =>
    Object.entries(value as Ini)
      .map(([name, values = {}]) =>
        [
          `[${name}]`,
          ...Object.entries(values).map(([key, text]) => `${key} = ${quoted(text)}`),
          '',
        ].join('\n'),
      )
      .join('\n'),
  read: (text) => parseIni(text),
};

// A semicolon or a number sign starts a comment, quotes and outer spaces are removed, and a backslash at
// the end continues the line. Three quotes end at the last three of the line:
// https://github.com/go-ini/ini/blob/v1.67.0/parser.go
const quoted = (value: string): string =>
  /[;#`"'\\]|^\s|\s$/.test(value) ? `"""${value}"""` : value;

const parseIni = (text: string): Record<string, Record<string, string>> => {
  const sections: Record<string, Record<string, string>> = {};
  let section: Record<string, string> | undefined;
  text.split('\n').forEach((line, index) => {
    const stripped = line.trim();
    if (stripped === '' || /^[#;]/.test(stripped)) return;
    const [, name] = /^\[([^\]]+)\]$/.exec(stripped) ?? [];
    const [, key, value = ''] = /^([\w.-]+)\s*=\s*(.*)$/.exec(stripped) ?? [];
    if (name !== undefined) {
      section = sections[name] ?? {};
      sections[name] = section;
    } else if (key !== undefined && section) {
      section[key] = value.replace(/^"""(.*)"""$/, '$1');
    } else {
      throw new Error(
        `Line ${index + 1} is neither a section nor a key with a value in a section.`,
      );
    }
  });
  return sections;
};
