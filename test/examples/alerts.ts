import { parse } from 'yaml';
import { metrics } from '../../src/model/offer.js';
import production from '../sample/environments/production.js';
import { put } from './edit.js';
import { alertmanagerFile } from './sample-object.js';
import {
  type Given,
  inEnvironment,
  inFile,
  manifests,
  type Setting,
  type Settings,
  shopping,
  stackOf,
} from './setting.js';

const inRoute = (given?: Given) => inFile(...alertmanagerFile, 'route', given);
const inFirstRoute = (given?: Given) => inFile(...alertmanagerFile, 'route.routes.+', given);

/** The environment with a native configuration of Alertmanager, whose routes get alerts. */
const native = stackOf({
  ...production,
  alerting: {
    config: {
      route: { receiver: 'team', routes: [{ match: { severity: 'critical' }, receiver: 'team' }] },
      inhibit_rules: [],
      receivers: [{ name: 'team' }],
    },
  },
});

export const routes: Settings = {
  'idle-routes': inFile(...alertmanagerFile, 'route', { stack: native }),
  'unused-receivers': inFile(...alertmanagerFile, '', { stack: native }),
  'unequal-labels': inFile(...alertmanagerFile, '', { stack: native }),
  'unreached-receiver': inRoute({ lists: 'prepend', also: ['shadowed-route'] }),
  'silenced-alerts': inRoute({ lists: 'prepend', also: ['shadowed-route', 'unreached-receiver'] }),
  'inhibiting-alert': inFile(...alertmanagerFile),
  'unrouted-receiver': inFile(...alertmanagerFile, '', { also: ['unreached-receiver'] }),
  'no-match': inFirstRoute(),
  'needless-continue': inRoute(),
  'shadowed-route': inRoute(),
  'unknown-label': inFirstRoute(),
  'unknown-value': inFirstRoute(),
  'uncertain-label': inFirstRoute({ stack: stackOf(shopping([metrics()])) }),
};

const base = {
  alert: 'ShopDown',
  expr: 'up == 0',
  for: '5m',
  labels: { severity: 'warning' },
  annotations: { summary: 'The shop is down.', description: 'It is down.' },
};

/** A rule file with the rules of an example: expressions, parts of an alert, or whole rules. */
const ruleFile = (example: string): string => {
  const tree = /^[a-z_]+: |^- /.test(example)
    ? parse(example)
    : { expr: parse(`|-\n  ${example}`) };
  const rules = [tree].flat().map(({ summary, ...rule }) => {
    if (rule.record) return rule;
    return {
      ...base,
      ...rule,
      annotations: { ...base.annotations, ...(summary && { summary }) },
    };
  });
  return JSON.stringify({ groups: [{ name: 'shop', rules }] });
};

/** The example is a rule, a part of one, or its expression. */
export const inRule = (given?: Given): Setting =>
  manifests(
    (example) =>
      put('ConfigMap crowsnest/crowsnest-prometheus-rules-0', '', {
        data: { 'shop.yaml': ruleFile(example) },
      }),
    given,
  );

const recorded = put('ConfigMap crowsnest/crowsnest-prometheus-rules-2', '', {
  data: {
    'recorded.yaml': ruleFile('- record: shop:errors:rate5m\n  expr: sum(up)'),
  },
});

export const rules: Settings = {
  'undefined-recording': inRule({ given: [recorded] }),
  'duplicate-rule': inRule(),
  'incomplete-alert': {
    inputs: (example) => {
      const { without, with: input } = inRule().inputs(example);
      const source = { file: 'alerts/shop.ts', shipped: true, lineOf: () => undefined };
      return { without, with: { ...input, sources: { ...input.sources, 'alerts/shop': source } } };
    },
  },
  'recording-cycle': inRule(),
  'invalid-template': inRule(),
  'lost-label': inRule(),
  'value-in-label': inRule(),
  'unreachable-quantile': inRule(),
  'wrong-unit': inRule(),
};

export const runbooks: Settings = {
  'relative-link': inEnvironment({ together: { runbooks: undefined } }),
};
