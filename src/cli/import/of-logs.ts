import { isPromtail } from './native/promtail.js';
import { parsed } from './native/settings.js';

type Loose = Readonly<Record<string, unknown>>;

const agents = 'Log agents take its place: docs/logs.md lists the option for each of its parts.';
const store =
  'Its limits and its retention are options of loki, and other sections belong to loki.config: see docs/logs.md.';

/** A configuration of a collector of logs, or of Loki, in a document or in the values of its chart, and what to do. */
export const ofLogs = (
  fields: Loose,
): { readonly name: string; readonly reason: string } | undefined => {
  const inner = Object.values(fields).map(fieldsOf);
  if ([fields, ...inner].some(isPromtail))
    return { name: 'a configuration of Promtail', reason: agents };
  if (isFluentBit(fields)) return { name: 'a configuration of Fluent Bit', reason: agents };
  if (fieldsOf(fields.alloy).configMap !== undefined)
    return { name: 'a configuration of Alloy', reason: agents };
  return [fields, ...inner].some(isLoki)
    ? { name: 'a configuration of Loki', reason: store }
    : undefined;
};

/** The same for the texts of a ConfigMap. */
export const ofLogsIn = (data: Loose): ReturnType<typeof ofLogs> => {
  for (const [name, text] of Object.entries(data)) {
    const found = ofFileName(name) ?? ofLogs(fieldsOf(parsed(`${text}`)));
    if (found) return found;
  }
  return undefined;
};

/** The same for a file that is no YAML. */
export const ofFileName = (file: string): ReturnType<typeof ofLogs> => {
  if (/\.(alloy|river)$/.test(file)) return { name: 'a configuration of Alloy', reason: agents };
  return /fluent-?bit[^/]*\.conf$/.test(file)
    ? { name: 'a configuration of Fluent Bit', reason: agents }
    : undefined;
};

const isFluentBit = ({ pipeline }: Loose): boolean =>
  Array.isArray(fieldsOf(pipeline).inputs) && Array.isArray(fieldsOf(pipeline).outputs);

const isLoki = (fields: Loose): boolean =>
  ['schema_config', 'schemaConfig', 'limits_config', 'storage_config', 'table_manager'].some(
    (name) => isFields(fields[name]),
  );

const isFields = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const fieldsOf = (value: unknown): Loose => (isFields(value) ? value : {});
