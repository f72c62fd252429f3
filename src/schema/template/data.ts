/** The types of the data of templates, with the types of their fields and methods. */
const types: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  // https://github.com/prometheus/prometheus/blob/v3.14.0/template/template.go (`AlertTemplateData`)
  RuleData: {
    Labels: 'Labels',
    Value: 'float',
    ExternalLabels: 'map',
    ExternalURL: 'string',
  },
  sample: { Labels: 'map', Value: 'float' },
  samples: {},
  float: {},
  int: {},
  bool: {},
  string: {},
  // https://github.com/prometheus/alertmanager/blob/v0.34.0/template/template.go
  Data: {
    Receiver: 'string',
    Status: 'string',
    Alerts: 'Alerts',
    NotificationReason: 'string',
    GroupLabels: 'KV',
    CommonLabels: 'KV',
    CommonAnnotations: 'KV',
    RouteLabels: 'KV',
    ExternalURL: 'string',
  },
  Alerts: { Firing: 'list', Resolved: 'list' },
  // What `Firing` and `Resolved` return has no methods.
  list: {},
  Alert: {
    Status: 'string',
    Labels: 'KV',
    Annotations: 'KV',
    StartsAt: 'time',
    EndsAt: 'time',
    GeneratorURL: 'string',
    Fingerprint: 'string',
  },
  KV: { SortedPairs: 'Pairs', Remove: 'KV', Names: 'Strings', Values: 'Strings', String: 'string' },
  Pairs: { Names: 'Strings', Values: 'Strings', String: 'string' },
  Pair: { Name: 'string', Value: 'string' },
  Strings: { Join: 'string' },
};

/** Maps, which have any key. */
const maps: Readonly<Record<string, string>> = { KV: 'string', Labels: 'string', map: 'string' };

const elements: Readonly<Record<string, string>> = {
  ...maps,
  Alerts: 'Alert',
  list: 'Alert',
  Pairs: 'Pair',
  Strings: 'string',
  samples: 'sample',
};

/** The type of a value in a template; undefined if it is not known. */
export type DataType = string | undefined;

/** The type of the elements of a list or a map. */
export const elementOf = (type: DataType): DataType =>
  type === undefined ? undefined : elements[type];

/** Whether a `range` over a value fails. */
export const isNoList = (type: DataType): boolean =>
  ['string', 'float', 'bool', 'html', 'Data', 'Alert', 'RuleData', 'sample'].includes(`${type}`);

/** The fields of a type; undefined if it can have any. */
export const fieldsOfType = (type: DataType): readonly string[] | undefined =>
  type === undefined || type in maps || !Object.hasOwn(types, type)
    ? undefined
    : Object.keys(types[type]!);

/** The type of a field. */
export const fieldType = (type: DataType, field: string): DataType => {
  if (type === undefined) return undefined;
  const known = Object.hasOwn(types, type) ? types[type]! : {};
  return Object.hasOwn(known, field) ? known[field] : maps[type];
};

/** Methods that take an argument, with its type. */
export const methodArgument: Readonly<Record<string, string>> = {
  Remove: 'Strings',
  Join: 'string',
};

/** Whether a field of a type is a method. */
export const isMethod = (type: DataType, field: string): boolean =>
  ['KV', 'Pairs', 'Strings', 'Alerts'].includes(`${type}`) &&
  Object.hasOwn(types[`${type}`]!, field);

/** Whether a value cannot be given for a parameter. */
export const isOtherType = (wanted: string, type: DataType): boolean =>
  wanted !== 'any' &&
  type !== undefined &&
  type !== wanted &&
  // A method of a type without a name in this table can return anything.
  (Object.hasOwn(types, type) || type in maps || ['html', 'time', 'duration'].includes(type));
