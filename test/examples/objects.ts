import { parse } from 'yaml';
import { board } from '../checks/dashboard.js';
import { add, drop, put } from './edit.js';
import { merge } from './merge.js';
import { blackbox, container, jaeger, kubeStateMetrics, pod, prometheus } from './sample-object.js';
import {
  type Given,
  inEnvironment,
  inObject,
  manifests,
  newObject,
  type Settings,
} from './setting.js';

const service = 'Service crowsnest/crowsnest-prometheus';
const policy = 'NetworkPolicy crowsnest/crowsnest-prometheus';
const shop = { namespace: 'crowsnest', name: 'shop' };

/** The example is an object that exists twice. */
const twice = (rest: object, given: Given = {}) =>
  manifests(
    (example) => (all) => {
      const object = merge(rest, parse(example));
      return add(object)(add(object)(all));
    },
    given,
  );

export const immutable: Settings = {
  'fixed-field': inEnvironment({ published: {} }),
};

export const references: Settings = {
  'missing-object': inObject(prometheus, pod),
  'missing-part': inObject(prometheus, container),
  'missing-key': inObject(service, 'spec.ports.0'),
  'no-pods': inObject(service, 'spec'),
};

export const schema: Settings = {
  'duplicate-object': twice({
    apiVersion: 'v1',
    spec: { ports: [{ port: 80 }], selector: { app: 'shop' } },
  }),
  'no-schema': newObject({ metadata: shop }),
  'unserved-kind': newObject({ metadata: shop }),
  'unknown-field': inObject(blackbox),
  'missing-field': inObject(blackbox, pod),
  'exclusive-fields': inObject(blackbox, `${container}.livenessProbe`),
  'invalid-name': inObject('ConfigMap crowsnest/crowsnest-prometheus-config'),
  'null-value': inObject(blackbox, 'spec'),
  'wrong-type': inObject(blackbox, 'spec'),
  'invalid-value': inObject(blackbox, container),
};

export const selectors: Settings = {
  'several-workloads': inObject(service, '', {
    replaces: ['spec.selector'],
    also: ['missing-label'],
  }),
  'other-workload': inObject('Service crowsnest/crowsnest-grafana', '', {
    replaces: ['spec.selector'],
    also: ['governing-service', 'missing-label'],
  }),
  'missing-label': inObject(service, 'spec', { replaces: ['spec.selector'] }),
  'no-pods': inObject(policy, 'spec'),
  'two-budgets': twice(
    { apiVersion: 'policy/v1', metadata: shop },
    {
      given: [put(blackbox, 'spec.template.metadata.labels', { app: 'shop' })],
      also: ['missing-label'],
    },
  ),
  'opens-for-all-pods': inObject(policy, 'spec'),
  'host-network-policy': newObject(
    {
      apiVersion: 'networking.k8s.io/v1',
      metadata: { namespace: 'crowsnest-agents', name: 'shop' },
    },
    { also: ['missing-label'] },
  ),
  'other-application-protocol': inObject('Service crowsnest/crowsnest-jaeger', 'spec'),
  'no-replica-names': inObject('Service crowsnest/crowsnest-alertmanager-peers'),
  'late-replica-names': inObject('Service crowsnest/crowsnest-alertmanager-peers', 'spec'),
  'no-session-affinity': inObject(service, 'spec'),
  'no-selector': newObject({ apiVersion: 'v1', metadata: shop }, { also: ['no-session-affinity'] }),
  'translated-port': inObject('Service crowsnest/crowsnest-grafana', 'spec', { lists: 'by index' }),
  'other-protocol': inObject(service, 'spec', { lists: 'by index' }),
  'no-listener': inObject('Service crowsnest/crowsnest-grafana', 'spec', {
    also: ['translated-port'],
  }),
  'unnamed-port': inObject('Service crowsnest/crowsnest-alertmanager', 'spec', {
    lists: 'replace',
  }),
  'duplicate-port-name': inObject('Service crowsnest/crowsnest-alertmanager', 'spec', {
    lists: 'replace',
  }),
  'version-label': inObject('Service crowsnest/crowsnest-blackbox-exporter', 'spec'),
  'no-workload-selector': inObject(blackbox),
  'not-own-pods': inObject(blackbox, 'spec', {
    replaces: ['spec.selector'],
    also: ['no-pods', 'other-pods'],
  }),
  'other-pods': manifests(
    (example) => (all) =>
      [kubeStateMetrics, blackbox].reduce(
        (one, title) => put(title, 'spec', parse(example))(drop(title, 'spec.selector')(one)),
        all,
      ),
    {
      given: [kubeStateMetrics, blackbox].map((title) =>
        put(title, 'spec.template.metadata.labels', { team: 'shop' }),
      ),
      also: ['missing-label'],
    },
  ),
  'spread-of-other-pods': inObject(prometheus, pod, { lists: 'by index' }),
  'governing-service': inObject(jaeger),
};

export const size: Settings = {
  'too-large': manifests((example) =>
    put(
      'ConfigMap crowsnest/crowsnest-prometheus-config',
      '',
      parse(example.replace('…', 'x'.repeat(300 * 1024))),
    ),
  ),
  'large-dashboard': manifests((example) =>
    put('ConfigMap crowsnest/crowsnest-grafana-dashboards-sample-0', '', {
      data: {
        'shop.json': JSON.stringify({
          ...board([]),
          ...parse(example.replace('…', 'x'.repeat(300 * 1024))),
        }),
      },
    }),
  ),
};
