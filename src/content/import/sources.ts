import { logqlUid, promqlUid } from '../../model/data-source.js';
import { ownValue } from '../../model/own-value.js';
import type { Export } from './export.js';
import { namedPrometheus } from './named-prometheus.js';

/** A data source of a dashboard: its type, and the name of the variable or input that selects it. */
interface Selected {
  readonly name: string;
  readonly type: string;
}

/** A variable of a dashboard. */
export type ExportedVariable = NonNullable<Export['templating']>['list'][number];

/** How an import replaces the references of a dashboard to data sources and inputs. */
export interface Replacement {
  /** The variables that remain, and one for each input that is a data source of another type. */
  readonly variables: readonly ExportedVariable[];
  readonly apply: (value: unknown, more?: Pick<Names, 'logs'>) => unknown;
}

/**
 * Inputs are what Grafana asks for at an import: constants are replaced by their value, and references
 * to a Prometheus by that of the stack. Data sources of other types are selected by a variable.
 */
export const replacementOf = (exported: Export): Replacement => {
  const { __inputs: inputs, templating } = exported;
  const variables = templating?.list ?? [];
  const selected = [
    ...inputs.flatMap(({ name, pluginId }) => (pluginId ? { name, type: pluginId } : [])),
    ...variables.flatMap(({ name, type, query }): Selected | [] =>
      type === 'datasource' && typeof query === 'string' ? { name, type: query } : [],
    ),
  ];
  const named = selected.map(({ name }) => name);
  const ofPrometheus = [
    ...selected.filter(({ type }) => type === 'prometheus').map(({ name }) => name),
    ...namedPrometheus(exported, (source) => named.includes(referredBy(source) ?? '')),
  ];
  const others = selected.filter(({ type }) => type !== 'prometheus' && type !== expression);
  const constants = Object.fromEntries(
    inputs.flatMap(({ name, pluginId, value }) =>
      !pluginId && value !== undefined ? [[name, `${value}`]] : [],
    ),
  );
  const { __inputs: _, ...rest } = exported;
  const text = JSON.stringify(rest);
  const added = others
    .filter(({ name }) => !variables.some((one) => one.name === name))
    // Grafana asks for all inputs, also for those that nothing uses.
    .filter(({ name }) => text.includes(name))
    .map(({ name, type }) => ({ name, type: 'datasource', query: type, hide: 2 }));
  return {
    variables: [...added, ...variables.filter(({ name }) => !ofPrometheus.includes(name))],
    apply: (value, more) =>
      walk(value, '', {
        ...more,
        ofPrometheus,
        expressions: selected.filter(({ type }) => type === expression).map(({ name }) => name),
        others,
        constants,
      }),
  };
};

interface Names {
  readonly ofPrometheus: readonly string[];
  /** Inputs that are Grafana's own data source of expressions. */
  readonly expressions: readonly string[];
  readonly others: readonly Selected[];
  readonly constants: Readonly<Record<string, string>>;
  /** Whether the environment has a data source for LogQL, which replaces those of another Grafana. @default false */
  readonly logs?: boolean;
}

const walk = (value: unknown, key: string, names: Names): unknown => {
  if (key === 'datasource') return sourceOf(value, names);
  if (Array.isArray(value)) return value.map((item) => walk(item, '', names));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, part]) => [name, walk(part, name, names)]),
    );
  }
  return typeof value === 'string'
    ? value.replace(/\$\{([^{}:]+)\}/g, (whole, name) => ownValue(names.constants, name) ?? whole)
    : value;
};

/** The variable or input that a reference to a data source names. */
const referredBy = (uid: unknown): string | undefined => {
  const found =
    typeof uid === 'string'
      ? /^(?:\$\{([^{}:]+)(?::\w+)?\}|\$(\w+)|\[\[([^\]:]+)(?::\w+)?\]\])$/.exec(uid)
      : null;
  return found?.[1] ?? found?.[2] ?? found?.[3];
};

/** The type and the uid of Grafana's data source of expressions, which every Grafana has. */
const expression = '__expr__';

const ours = { type: 'prometheus', uid: promqlUid };
const ourLogs = { type: 'loki', uid: logqlUid };

/** A reference to a data source: by its name, by a variable, or by type and uid. */
const sourceOf = (value: unknown, names: Names): unknown => {
  const { ofPrometheus, expressions, others, logs } = names;
  const { type, uid } =
    typeof value === 'string'
      ? { type: undefined, uid: value }
      : ((value ?? {}) as { readonly type?: unknown; readonly uid?: unknown });
  const name = referredBy(uid);
  if (name && expressions.includes(name)) return { type: expression, uid: expression };
  if (type === 'prometheus' || (name && ofPrometheus.includes(name))) return ours;
  // `default` is the default data source, which is that of the stack.
  if (typeof value === 'string' && /^(prometheus|default)$/i.test(value)) return ours;
  if (!type && typeof uid === 'string' && ofPrometheus.includes(uid)) return ours;
  if (typeof value === 'string' && /^loki$/i.test(value)) return ourLogs;
  if (logs && type === 'loki' && !name) return ourLogs;
  const other = others.find((one) => one.name === name);
  return other ? { type: other.type, uid: `\${${other.name}}` } : value;
};
