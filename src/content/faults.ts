import { moduleFaults, strayFaults } from '../config/faults.js';
import { type FaultKinds, type FoundFault, findingMaker } from '../model/fault.js';
import { valueFaults } from '../schema/fault.js';

/** Kinds of fault in dashboards, alerts, and the files next to them. */
export const contentFaults = {
  ...valueFaults({
    'unknown-option': "alertGroup({ needz: ['shop'], … })",
    'missing-option': "{ alert: 'ShopDown', expr: 'up == 0' }   // without severity",
    'invalid-value': "{ alert: 'ShopDown', for: '5 minutes', … }",
    'invalid-name': "{ record: 'shop errors', … }",
  }),
  ...moduleFaults({
    'not-loadable':
      "import { dashboard } from '../src/content/graphana.js';\n\nexport default dashboard({ … });",
    'no-default-export': "export const shop = dashboard({ title: 'Shop', … });",
    'duplicate-name': 'alerts/shop.ts, alerts/shop.js',
  }),
  ...strayFaults('alerts/shop.txt'),
  'invalid-json': {
    what: 'The file is not valid JSON.',
    why: 'The dashboard cannot be read.',
    example: "{ title: 'Shop' }",
    fix: 'Export the dashboard again, or write a new one with crowsnest new dashboard.',
  },
  'invalid-encoding': {
    what: 'The file is not encoded in UTF-8.',
    why: 'Its other characters would become unreadable in Grafana.',
    example: '{ "title": "Größe", "panels": [] }   // in Latin-1',
    fix: 'Save the file in UTF-8.',
  },
  'unreadable-file': {
    what: 'The file cannot be read.',
    why: 'Its content is unknown, so nothing is written.',
    example: 'dashboards/shop.json -> ../nothere.json   # a link to a file that does not exist',
    fix: 'Give yourself the permission to read it, correct a link, or remove it.',
  },
  'invalid-yaml': {
    what: 'The file is not valid YAML.',
    why: 'Nothing in it can be read.',
    example: 'kind: ConfigMap\ndata: { {{ .Values.dashboards }} }   # a template of Helm',
    fix: 'Correct it; render a template of Helm first: helm template.',
  },
  'no-dashboard': {
    what: 'The file has no dashboard.',
    why: 'Nothing reads its content.',
    example: 'kind: Deployment\nmetadata: { name: shop }   # in dashboards/shop.yaml',
    fix: 'Use a dashboard, a ConfigMap with files of dashboards, or a GrafanaDashboard; move other objects to another folder.',
  },
  'remote-dashboard': {
    what: 'The dashboard is not in the file, which only states where it is.',
    why: 'Synth reads nothing from the network or the cluster, and Grafana loads only what is in its files.',
    example:
      '{ "kind": "GrafanaDashboard", "apiVersion": "grafana.integreatly.org/v1beta1", "spec": { "grafanaCom": { "id": 1860 } } }',
    fix: 'Save the JSON of the dashboard in this folder instead.',
  },
  'stray-field': {
    what: 'The object has a field beside spec that its kind does not have.',
    why: 'Grafana and its operator do not read it.',
    example:
      'apiVersion: grafana.integreatly.org/v1beta1\nkind: GrafanaDashboard\nmetadata: { name: shop }\nfolder: Shop\nspec:\n  json: \'{ "title": "Shop", "panels": [] }\'',
    fix: 'Move it into spec, or remove it.',
    severity: 'warning',
  },
  'missing-library-panel': {
    what: 'The file does not have the model of a library panel.',
    why: 'Grafana has no library panels from files, so the panel would show an error.',
    example:
      '{ "title": "Shop", "panels": [{ "libraryPanel": { "uid": "abc", "name": "Orders" } }] }',
    fix: 'Unlink the library panel in Grafana, or export the dashboard for sharing externally, which adds the model.',
  },
  'unknown-element': {
    what: 'The layout of the dashboard places an element that it does not have.',
    why: 'Grafana does not load the dashboard.',
    example:
      '{ "title": "Shop", "elements": {}, "layout": { "kind": "GridLayout", "spec": { "items": [{ "kind": "GridLayoutItem", "spec": { "x": 0, "y": 0, "width": 8, "height": 8, "element": { "kind": "ElementReference", "name": "panel-1" } } }] } } }',
    fix: 'Add the element, or remove it from the layout.',
  },
  'no-equivalent': {
    what: 'A dashboard that is loaded from a file has no equivalent of parts of this dashboard.',
    why: 'It is written in the classic format, so that Grafana shows these parts in another way.',
    example:
      '{ "title": "Shop", "elements": {}, "layout": { "kind": "TabsLayout", "spec": { "tabs": [] } } }',
    fix: 'Use rows without conditions and variables.',
    severity: 'warning',
  },
  'no-rules': {
    what: 'The file has neither a PrometheusRule nor groups of rules.',
    why: 'It is not known what it is, so it would have no effect.',
    example: 'alerts: []',
    fix: 'Write the rules below groups or in a PrometheusRule, or move the file to another folder.',
  },
  'recorded-logs': {
    what: 'A file with rules in LogQL has a recording rule.',
    why: 'Loki would have to send the recorded series to a server by remote write, which Crowsnest does not set up.',
    example:
      '# alerts/shop.logql.yaml\ngroups:\n  - name: shop\n    rules:\n      - record: shop:errors:rate5m\n        expr: sum(rate({service_name="shop"} |= "error" [5m]))',
    fix: 'Remove it. Alerts can have the expression itself, and so can dashboards.',
  },
  'other-kind': {
    what: 'The file also has an object of another kind.',
    why: 'Only rules are read from files in alerts/.',
    example: 'groups: []\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: shop }',
    fix: 'Move it to another folder, or remove it.',
    severity: 'warning',
  },
  'test-name': {
    what: 'The file has tests of rules in the format of promtool, and the name of a rule file.',
    why: 'It is not read.',
    example: 'rule_files: [shop.yaml]\ntests: []',
    fix: 'Rename it to the name of the rule file with the extension .test.yaml.',
    severity: 'warning',
  },
  'thanos-field': {
    what: 'Only the ruler of Thanos has the field partial_response_strategy.',
    why: 'Prometheus rejects it, so it is left out.',
    example: 'groups:\n  - name: shop\n    partial_response_strategy: warn\n    rules: []',
    fix: 'Remove it.',
    severity: 'warning',
  },
  'unscraped-rules': {
    what: 'No environment has some rules of this file, because none scrapes what they query.',
    why: 'They are not written, so they have no effect.',
    example: 'groups:\n  - name: shop\n    rules: [{ record: shop:up:sum, expr: sum(shop_up) }]',
    fix: 'Declare the application that has these metrics under parties, correct the names of the jobs, or remove the rules.',
    severity: 'warning',
  },
  'failing-dashboard': {
    what: 'The dashboard cannot be rendered.',
    why: 'Its panels are unknown, so nothing is written.',
    example: "export default dashboard({ title: 'Shop', folder: 'Shop', … })   // rows are missing",
    fix: 'Correct the value: npm run types shows what is missing.',
  },
  'failing-rules': {
    what: 'The function rules of the group throws an error.',
    why: 'The alerts of the group are unknown, so nothing is written.',
    example: 'rules: ({ load }) => ({ alerts: load.map(…) })   // load is a number',
    fix: 'Correct the function.',
  },
  'duplicate-alert': {
    what: 'An alert of another file has the same name.',
    why: 'An environment that disables one of them by its name disables both.',
    example: "{ alert: 'ShopDown', … }   // in two files",
    fix: 'Rename one of them.',
    severity: 'warning',
  },
  'alert-style': {
    what: 'The rule does not follow the house style of alerts.',
    why: 'Prometheus accepts it, but notifications, dashboards or readers expect it.',
    example: "{ alert: 'ShopDown', severity: 'urgent', … }",
    fix: 'Change it, or keep it if you prefer it.',
    severity: 'warning',
  },
  'folder-name': {
    what: 'The title of a dashboard folder is too similar to another one, or has no letter and no digit.',
    why: 'The path of the folder in the Grafana pod consists of the letters and digits of its title.',
    example: "dashboard({ folder: '!' })",
    fix: 'Use another title.',
  },
  'unknown-need': {
    what: 'It needs a scrape job that no environment has or can enable.',
    why: 'It would never be part of an environment.',
    example: "needs: ['promtheus']",
    fix: 'Use the name of a scrape job.',
  },
  'not-scraped': {
    what: 'No environment has this dashboard: its jobs are not scraped.',
    why: 'All its panels would be empty.',
    example: '{ "title": "Shop", "panels": [{ … "targets": [{ "expr": "up{job=\\"shop\\"}" }] }] }',
    fix: 'Declare what has its metrics as a party, or remove the file. A file NAME.meta.json next to it can list the scrape jobs that it needs.',
    severity: 'warning',
  },
  'stray-meta': {
    what: 'No imported dashboard has the name of this file.',
    why: 'The file has no effect.',
    example: 'dashboards/shop.meta.json   # without dashboards/shop.json',
    fix: 'Rename the file to the name of an imported dashboard.',
  },
  'unknown-dashboard': {
    what: 'The alerts link to a dashboard that does not exist.',
    why: 'The link in the notification does not work.',
    example: "dashboard: 'shpo'",
    fix: 'Use the name of a file in dashboards/.',
  },
  'unknown-alert': {
    what: 'No alert has this name.',
    why: 'The setting, the test or the section of the runbook has no effect.',
    example: "alerts: [without('ShopDwon', 'the shop is closed')]",
    fix: 'Use the name of an alert, or remove this.',
  },
  'unused-severity': {
    what: 'No rule file in alerts/ has this severity.',
    why: 'The setting has no effect.',
    example: "alerts: [severities({ blocker: 'critical' })]",
    fix: 'Use a severity of a rule file, or remove it. The severities of alert groups in TypeScript are not mapped.',
    severity: 'warning',
  },
  'unknown-group': {
    what: 'This is not a loaded alert group.',
    why: 'The setting has no effect.',
    example: "alerts: [{ kind: 'with', group: {}, thresholds: {} }]",
    fix: 'Import the default export of a file in alerts/, and use with({ … }) of it.',
  },
  'unknown-threshold': {
    what: 'The group does not have this threshold.',
    why: 'The setting has no effect.',
    example: 'alerts: [shop.with({ errorRte: 0.1 })]',
    fix: 'Use a threshold of the group, or remove it.',
  },
  'invalid-threshold': {
    what: 'The threshold has the wrong type.',
    why: 'The rules would compare with a value of the wrong type.',
    example: "alerts: [shop.with({ errorRate: '10 %' })]",
    fix: 'Use a value of the type of the default.',
  },
  'no-group': {
    what: 'No alert group has the name of this file.',
    why: 'The test does not run, or the runbook is not linked.',
    example: 'alerts/shpo.md   # the group is alerts/shop.ts',
    fix: 'Rename the file to the name of a group, or write the group.',
  },
  'no-runbook': {
    what: 'The group has no runbook, or the runbook has no section about one of its alerts.',
    why: 'The on-call engineer does not know what to do.',
    example: 'alerts/shop.ts   # without alerts/shop.md',
    fix: 'Write the runbook next to the group, with a section for each alert, or set the URL of another runbook.',
    severity: 'warning',
  },
  'incomplete-runbook': {
    what: 'A section of the runbook has not all parts.',
    why: 'The on-call engineer does not know what to do.',
    example: '## ShopDown\n**Meaning.** The shop is down.',
    fix: 'Add a paragraph for the missing part.',
    severity: 'warning',
  },
  'no-test': {
    what: 'The group has no test, or an alert has no test where it fires or none where it does not.',
    why: 'It is unknown whether the alert fires when it should.',
    example: 'alerts/shop.ts   # without alerts/shop.test.yaml',
    fix: "Write the test next to the group, in promtool's format for unit tests of rules.",
    severity: 'warning',
  },
  'unknown-rule-file': {
    what: 'The test loads a rule file that no group has, or does not load that of its own group.',
    why: 'promtool does not find the rules.',
    example: 'rule_files: [shpo.yaml]',
    fix: 'Use the name of the group with the extension .yaml.',
  },
} satisfies FaultKinds;

export type ContentFault = FoundFault<keyof typeof contentFaults>;

export const contentFinding = findingMaker('content', contentFaults);
