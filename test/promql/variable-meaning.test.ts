import { expect, test } from 'vitest';
import { isSingleValue, meaningOf, passable } from '../../src/promql/variable-meaning.js';

const query = (name: string, text: string, several = true) => ({
  name,
  type: 'query',
  query: { query: text },
  multi: several,
  includeAll: several,
});

test.each([
  ['label_values(cluster)', 'cluster'],
  ['label_values(kube_pod_info{namespace=~"$namespace"}, pod)', 'pod of the cluster'],
  ['label_values(container_last_seen, pod)', 'pod of the cluster'],
  ['label_values(node_uname_info{job="node-exporter"}, node)', 'node of the cluster'],
  ['label_values(prometheus_build_info, pod)', 'pod of prometheus'],
  ['label_values(alertmanager_build_info, pod)', 'pod of alertmanager'],
  ['label_values(ALERTS, alertname)', 'alertname of ALERTS'],
  ['query_result(up)', 'a: query query_result(up)'],
])('the values of %s are those of %s', (text, meaning) => {
  expect(meaningOf(query('a', text))).toBe(meaning);
  expect(meaningOf({ ...query('a', text), query: text })).toBe(meaning);
});

test('the values of labels of streams of logs are those of the cluster', () => {
  const ofStreams = (label: string) => ({ name: 'a', type: 'query', query: { label, stream: '' } });
  expect(meaningOf(ofStreams('k8s_pod_name'))).toBe('pod of the cluster');
  expect(meaningOf(ofStreams('constructor'))).toBe('a: query ');
});

test('a variable has one value if neither several values nor All can be selected', () => {
  expect(isSingleValue({ multi: false, includeAll: false })).toBe(true);
  expect(isSingleValue({})).toBe(true);
  expect(isSingleValue({ multi: true })).toBe(false);
  expect(isSingleValue({ includeAll: true })).toBe(false);
});

test('a variable is passed if the linked dashboard has one with the same meaning that accepts its values', () => {
  const names = (...target: object[]) =>
    passable([query('node', 'label_values(kube_node_info, node)')], target).map(({ name }) => name);
  expect(names(query('node', 'label_values(node_uname_info, node)'))).toEqual(['node']);
  expect(names(query('node', 'label_values(node_uname_info, node)', false))).toEqual([]);
  expect(names(query('node', 'label_values(shop_info, node)'))).toEqual([]);
  expect(names(query('instance', 'label_values(kube_node_info, node)'))).toEqual([]);
});
