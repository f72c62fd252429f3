import type { ReadVariable } from '../model/dashboard.js';
import { ownValue } from '../model/own-value.js';

// Metrics about objects of the cluster, from any target.
const aboutObjects =
  /^(kube_|kubelet_|container_|node_|node:|container:|namespace_workload_pod:|persistentvolumeclaim:)/;

// https://grafana.com/docs/grafana/latest/datasources/prometheus/template-variables/
const labelValues = /^\s*label_values\(\s*(?:(.+),)?\s*([\w$]+)\s*\)\s*$/s;

/** The arguments of `label_values` in the query of a variable; undefined for any other query. */
export const labelValuesOf = (
  variable: ReadVariable,
): { readonly series?: string; readonly label: string } | undefined => {
  const text = variable.type === 'query' ? queryOfVariable(variable) : undefined;
  const found = typeof text === 'string' ? labelValues.exec(text) : null;
  return found ? { series: found[1], label: found[2]! } : undefined;
};

/** Labels of streams of logs about objects of the cluster, by the label of series with the same values. */
const ofStreams: Readonly<Record<string, string>> = {
  k8s_namespace_name: 'namespace',
  k8s_pod_name: 'pod',
  k8s_container_name: 'container',
};

/** What the values of a variable identify: a label and its owner. Variables with the same meaning have the same values. */
export const meaningOf = (variable: ReadVariable): string => {
  const { name, type } = variable;
  const values = labelValuesOf(variable);
  if (!values) {
    const { label } = (variable.query ?? {}) as { readonly label?: unknown };
    const ofLines = typeof label === 'string' ? ownValue(ofStreams, label) : undefined;
    if (type === 'query' && ofLines) return `${ofLines} of the cluster`;
    const text = queryOfVariable(variable);
    return `${name}: ${type} ${typeof text === 'string' ? text : ''}`;
  }
  const { series = '', label } = values;
  const metric = /^[\w:]*/.exec(series.trim())![0];
  if (series.trim() === '') return label;
  return `${label} of ${aboutObjects.test(metric) ? 'the cluster' : metric.split(/[_:]/)[0]}`;
};

/** The query of a variable, which is a string, or is in an object. */
export const queryOfVariable = ({ query }: ReadVariable): unknown =>
  typeof query === 'string' ? query : (query as Pick<ReadVariable, 'query'> | undefined)?.query;

/** Whether a variable has one value at a time. */
export const isSingleValue = ({ multi, includeAll }: ReadVariable): boolean =>
  multi !== true && includeAll !== true;

/** The variables that a link can pass on: the target has them with the same meaning, and a multi-value variable does not go to a single-value one. */
export const passable = <T extends ReadVariable>(
  own: readonly T[],
  target: readonly ReadVariable[],
): T[] =>
  own.filter((variable) => {
    const same = target.find(({ name }) => name === variable.name);
    return (
      same !== undefined &&
      meaningOf(same) === meaningOf(variable) &&
      (isSingleValue(variable) || !isSingleValue(same))
    );
  });
