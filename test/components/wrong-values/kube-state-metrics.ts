import type { WrongValue } from '../../config/wrong-values.js';

const one = 'customResources[0]';
const first = `${one}.metrics[0]`;
const resource = 'an object with groupVersionKind, resourcePlural and metrics';
const text = 'a string';
const count = 'a whole number of at least 0';
const label = "a label name such as 'namespace'";
const name = "a name of letters, digits and _ such as 'ready'";
const metric = 'an object with name and each';

const labels = (of: string, fixed: string, fromPath: string): WrongValue[] => [
  [`${of}.commonLabels`, ['team'], 'an object'],
  [`${of}.commonLabels.${fixed}`, 1, text],
  ...paths(of, fromPath),
];

const paths = (of: string, fromPath: string): WrongValue[] => [
  [`${of}.labelsFromPath`, ['name'], 'an object'],
  ...path(`${of}.labelsFromPath.${fromPath}`),
];

const path = (of: string): WrongValue[] => [
  [of, 'metadata.name', "a list of keys such as ['status', 'replicas']"],
  [`${of}[0]`, '[Ready]', "a key, an index such as '0', or '[key=value]' for an item of a list"],
];

const kind = (of: string, type: string, fromPath: string): WrongValue[] => [
  [
    `${of}.${type}`,
    'status',
    type === 'stateSet' ? 'an object with labelName and list' : 'an object',
  ],
  ...path(`${of}.${type}.path`),
  ...paths(`${of}.${type}`, fromPath),
];

export default [
  ['customResources', {}, `a list, each item ${resource}`],
  [one, 'certificates', resource],
  [`${one}.groupVersionKind`, 'Certificate', 'an object with group and kind'],
  [
    `${one}.groupVersionKind.group`,
    'apps',
    "the group of a CustomResourceDefinition such as 'cert-manager.io'",
  ],
  [`${one}.groupVersionKind.version`, 1, text],
  [
    `${one}.groupVersionKind.kind`,
    'certificates',
    "the kind of a CustomResourceDefinition such as 'Certificate'",
  ],
  [
    `${one}.resourcePlural`,
    'Certificates',
    'a name of lower-case letters and digits, with dashes and dots between them',
  ],
  [
    `${one}.metricNamePrefix`,
    'my-prefix',
    "'' or a name of letters, digits and _ such as 'certificate'",
  ],
  ...labels(one, 'source', 'name'),
  [`${one}.errorLogV`, -1, count],
  [`${one}.metrics`, [], 'a list of at least 1 item'],
  [first, 'ready', metric],
  [`${first}.name`, 'is-ready', name],
  [`${first}.help`, 1, text],
  ...labels(first, 'kind', 'issuer'),
  [`${first}.errorLogV`, -1, count],
  [`${first}.each`, 'gauge', "an object whose type is 'gauge', 'info' or 'stateSet'"],
  [`${first}.each.type`, 'counter', "'gauge', 'info' or 'stateSet'"],
  ...kind(`${first}.each`, 'gauge', 'secret_name'),
  [`${first}.each.gauge.labelFromKey`, '-', label],
  ...path(`${first}.each.gauge.valueFrom`),
  [`${first}.each.gauge.nilIsZero`, 'yes', 'true or false'],
  ...kind(`${one}.metrics[1].each`, 'info', 'issuer_kind'),
  [`${one}.metrics[1].each.info.labelFromKey`, '-', label],
  ...kind(`${one}.metrics[2].each`, 'stateSet', 'reason'),
  [`${one}.metrics[2].each.stateSet.labelName`, '-', label],
  ...path(`${one}.metrics[2].each.stateSet.valueFrom`),
  [`${one}.metrics[2].each.stateSet.list`, [], 'a list of at least 1 item'],
  [`${one}.metrics[2].each.stateSet.list[0]`, '', 'a string that is not empty'],
] satisfies readonly WrongValue[];
