/** An INI file as Grafana reads it: sections of keys, whose values are text. */
export const parseIni = (text: string): Record<string, Record<string, string>> => {
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
      throw new Error(`Line ${index + 1} is neither a section nor a key with a value in one.`);
    }
  });
  return sections;
};
