import { classicQuery } from './panel.js';
import type { V2Annotation, V2Variable } from './schema.js';
import { classicSource } from './source.js';

type Fields = Readonly<Record<string, unknown>>;

const types: Readonly<Record<V2Variable['kind'], string>> = {
  QueryVariable: 'query',
  DatasourceVariable: 'datasource',
  CustomVariable: 'custom',
  ConstantVariable: 'constant',
  IntervalVariable: 'interval',
  TextVariable: 'textbox',
  GroupByVariable: 'groupby',
  AdhocVariable: 'adhoc',
  SwitchVariable: 'switch',
};

// The classic format has numbers for these, in this order.
const numbers: Readonly<Record<string, readonly string[]>> = {
  hide: ['dontHide', 'hideLabel', 'hideVariable', 'inControlsMenu'],
  refresh: ['never', 'onDashboardLoad', 'onTimeRangeChanged'],
  sort: [
    'disabled',
    'alphabeticalAsc',
    'alphabeticalDesc',
    'numericalAsc',
    'numericalDesc',
    'alphabeticalCaseInsensitiveAsc',
    'alphabeticalCaseInsensitiveDesc',
    'naturalAsc',
    'naturalDesc',
  ],
};

const numbered = (spec: Fields): Fields =>
  Object.fromEntries(
    Object.entries(numbers).flatMap(([name, values]) =>
      spec[name] === undefined ? [] : [[name, Math.max(0, values.indexOf(String(spec[name])))]],
    ),
  );

/** A variable as a classic dashboard has it. */
export const classicVariable = (variable: V2Variable): Fields & { readonly name: string } => {
  const { kind, spec } = variable;
  const { query, datasource, ...rest } = spec;
  const common = { ...rest, ...numbered(spec), type: types[kind] };
  if (kind === 'QueryVariable' && typeof query === 'object' && query) {
    const { query: text, ...fields } = classicQuery(query.spec ?? {});
    return {
      ...common,
      query:
        Object.keys(fields).length > 0 || text === undefined ? { ...fields, query: text } : text,
      datasource: classicSource(query, datasource),
    };
  }
  if (kind === 'AdhocVariable' || kind === 'GroupByVariable') {
    // v2beta1 and v2 have the type and the name of the data source beside the specification.
    const { group, datasource: named } = variable;
    const named2 = named?.name ? { uid: named.name, type: group } : { type: group };
    return { ...common, datasource: classicSource(undefined, datasource ?? named2) };
  }
  if (kind === 'DatasourceVariable') return { ...common, query: rest.pluginId };
  if (kind === 'ConstantVariable') return { ...common, query, hide: 2 };
  if (kind === 'SwitchVariable') return { ...common, ...switched(rest) };
  return { ...common, query };
};

const switched = ({ current, enabledValue, disabledValue }: Fields): Fields => ({
  query: '',
  current: { text: current, value: current },
  options: [enabledValue, disabledValue].map((value) => ({
    text: value,
    value,
    selected: value === current,
  })),
});

/** An annotation as a classic dashboard has it. */
export const classicAnnotation = ({ spec }: V2Annotation): Fields => {
  const { builtIn, query, datasource, legacyOptions, ...rest } = spec;
  const target = classicQuery(query?.spec ?? {});
  return {
    ...legacyOptions,
    ...rest,
    ...(builtIn && { builtIn: 1, type: 'dashboard' }),
    datasource: classicSource(query ?? undefined, datasource),
    ...(Object.keys(target).length > 0 && { target }),
  };
};
