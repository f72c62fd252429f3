import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Writes the options of Grafana's panels, as the types of its SDK state them. */
const require = createRequire(import.meta.url);
const sdk = '@grafana/grafana-foundation-sdk';
const folder = dirname(dirname(require.resolve(`${sdk}/dashboard`)));

/** The module of the SDK by the type of the panel. */
const modules: Readonly<Record<string, string>> = {
  barchart: 'barchart',
  bargauge: 'bargauge',
  candlestick: 'candlestick',
  gauge: 'gauge',
  heatmap: 'heatmap',
  histogram: 'histogram',
  piechart: 'piechart',
  stat: 'stat',
  'state-timeline': 'statetimeline',
  'status-history': 'statushistory',
  table: 'table',
  text: 'text',
  timeseries: 'timeseries',
  trend: 'trend',
  xychart: 'xychart',
};

type Types = Record<string, Record<string, string>>;

/** The interfaces of a module; a field of another type than an interface has an empty text. */
const typesIn = (module: string): Types => {
  const text = readFileSync(join(folder, module, 'types.gen.d.ts'), 'utf8');
  const found: Types = {};
  for (const [, name = '', parents = '', body = ''] of text.matchAll(
    /^export interface (\w+)(?: extends ([\w., ]+))? \{\n([\s\S]*?)^\}/gm,
  )) {
    const fields: Record<string, string> = {};
    for (const parent of parents.split(',').filter(Boolean)) {
      fields[`...${qualified(parent.trim(), module)}`] = '';
    }
    for (const [, field = '', type = ''] of body.matchAll(/^ {4}(\w+)\??: (.*);$/gm)) {
      const [, one] = /^([\w.]+)(?:\[\])?$/.exec(type) ?? [];
      fields[field] = one && /^[A-Z]|\./.test(one) ? qualified(one, module) : '';
    }
    found[`${module}.${name}`] = fields;
  }
  for (const [, name = '', is = ''] of text.matchAll(/^export type (\w+) = ([\w.]+);$/gm)) {
    found[`${module}.${name}`] = { [`...${qualified(is, module)}`]: '' };
  }
  return found;
};

const qualified = (name: string, module: string): string =>
  name.includes('.') ? name : `${module}.${name}`;

const all: Types = Object.assign(
  {},
  ...['common', 'dashboard', ...Object.values(modules)].map(typesIn),
);

const reached = new Map<string, Record<string, string>>();
const reach = (name: string): void => {
  const fields = all[name];
  if (!fields || reached.has(name)) return;
  const own: Record<string, string> = {};
  reached.set(name, own);
  for (const [field, type] of Object.entries(fields)) {
    own[field] = type in all ? type : '';
    reach(type);
    if (field.startsWith('...')) reach(field.slice(3));
  }
};

const panels = Object.fromEntries(
  Object.entries(modules).map(([type, module]) => {
    const custom = type === 'table' ? 'common.TableFieldOptions' : `${module}.FieldConfig`;
    const roots = { options: `${module}.Options`, custom };
    const known = Object.entries(roots).filter(([, name]) => name in all);
    for (const [, name] of known) reach(name);
    return [type, Object.fromEntries(known)];
  }),
);
reach('dashboard.FieldConfig');

const { version } = JSON.parse(readFileSync(join(folder, '..', 'package.json'), 'utf8')) as {
  version: string;
};
const rows = (entries: Iterable<[string, unknown]>): string =>
  [...entries].map(([name, one]) => `${JSON.stringify(name)}:${JSON.stringify(one)}`).join(',\n');
writeFileSync(
  'src/schema/data/panel-options.ts',
  `// By npm run schema, from ${sdk}@${version}.
export default {"panels":{
${rows(Object.entries(panels))}
},
"types":{
${rows([...reached].sort(([a], [b]) => (a < b ? -1 : 1)))}
}} as const;
`,
);
