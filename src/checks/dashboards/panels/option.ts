import type { ReadPanel } from '../../../model/dashboard.js';
import { memoizeText } from '../../../model/memoize.js';
import { suggest } from '../../../model/suggestion.js';
import data from '../../../schema/data/panel-options.js';
import { listOf, recordOf } from '../../support/untyped.js';

type Types = Readonly<Record<string, Readonly<Record<string, string>>>>;
const types: Types = data.types;
const roots: Readonly<Record<string, { readonly options?: string; readonly custom?: string }>> =
  data.panels;

/** A field of a panel that Grafana does not have. */
export interface UnknownOption {
  /** Such as `options.legend.placment`. */
  readonly path: string;
  readonly name: string;
  readonly suggestion?: string;
  readonly known: readonly string[];
}

/** The fields of a panel that its type does not have; none if the type of the panel is not known. */
export const unknownOptions = (panel: ReadPanel): UnknownOption[] => {
  const root = roots[`${panel.type}`];
  if (!root) return [];
  const { defaults, overrides } = recordOf(panel.fieldConfig);
  const field = recordOf(defaults);
  return [
    ...inside(root.options, panel.options, 'options'),
    ...inside('dashboard.FieldConfig', defaults, 'fieldConfig.defaults'),
    ...inside(root.custom, field.custom, 'fieldConfig.defaults.custom'),
    ...listOf(overrides as unknown[]).flatMap((one) =>
      listOf(recordOf(one).properties as unknown[]).flatMap((property) =>
        inOverride(root.custom, recordOf(property)),
      ),
    ),
  ];
};

/** The property of an override has the name of a field, such as `custom.lineWidth`. */
const inOverride = (
  custom: string | undefined,
  { id, value }: Readonly<Record<string, unknown>>,
) => {
  const [, name] = /^custom\.(\w+)$/.exec(`${id}`) ?? [];
  return name === undefined ? [] : inside(custom, { [name]: value }, 'overrides: custom');
};

const inside = (type: string | undefined, value: unknown, path: string): UnknownOption[] => {
  const fields = type === undefined ? undefined : fieldsOf(type);
  if (!fields) return [];
  if (Array.isArray(value)) {
    return value.flatMap((one, index) => inside(type, one, `${path}[${index}]`));
  }
  return Object.entries(recordOf(value)).flatMap(([name, one]): UnknownOption[] => {
    const at = `${path}.${name}`;
    const is = fields.get(name);
    if (is !== undefined) return inside(is, one, at);
    const known = [...fields.keys()];
    // The one that is meant would be there too.
    const suggestion = suggest(
      name,
      known.filter((other) => !(other in recordOf(value))),
    );
    return [{ path: at, name, known, ...(suggestion && { suggestion }) }];
  });
};

/** The fields of a type with their types, once for each type; undefined if the type is not known. */
const fieldsOf = memoizeText((type): ReadonlyMap<string, string> | undefined => {
  const own = types[type];
  return (
    own &&
    new Map(
      Object.entries(own).flatMap(([name, is]) =>
        name.startsWith('...') ? [...(fieldsOf(name.slice(3)) ?? [])] : [[name, is]],
      ),
    )
  );
});
