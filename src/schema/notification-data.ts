/** The types of the data of notifications: https://github.com/prometheus/alertmanager/blob/v0.34.0/template/template.go */
const types: Readonly<Record<string, Readonly<Record<string, string>>>> = {
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
  // A map, which has any key.
  KV: { SortedPairs: 'Pairs', Remove: 'KV', Names: 'Strings', Values: 'Strings', String: 'string' },
  Pairs: { Names: 'Strings', Values: 'Strings', String: 'string' },
  Pair: { Name: 'string', Value: 'string' },
  Strings: { Join: 'string' },
  string: {},
};

const elements: Readonly<Record<string, string>> = {
  Alerts: 'Alert',
  list: 'Alert',
  KV: 'string',
  Pairs: 'Pair',
  Strings: 'string',
};

/** The type of a value in a template; undefined if it is not known. */
export type DataType = string | undefined;

/** The type of the elements of a list or a map. */
export const elementOf = (type: DataType): DataType =>
  type === undefined ? undefined : elements[type];

/** The fields of a type; undefined if it can have any. */
export const fieldsOfType = (type: DataType): readonly string[] | undefined =>
  type === undefined || type === 'KV' || !(type in types) ? undefined : Object.keys(types[type]!);

/** The type of a field. */
export const fieldType = (type: DataType, field: string): DataType => {
  if (type === undefined) return undefined;
  return types[type]?.[field] ?? (type === 'KV' ? 'string' : undefined);
};

const several = (names: string, count: number): [string, number][] =>
  names.split(' ').map((name) => [name, count]);

/** The number of arguments of functions that take a fixed number. */
export const argumentsOf: ReadonlyMap<string, number> = new Map([
  ...several('now', 0),
  ...several('toUpper toLower title trimSpace safeHtml safeUrl urlUnescape routeLabels since', 1),
  ...several('humanizeDuration toJson base64encode base64decode len not', 1),
  ...several('join match date tz toDate mustToDate', 2),
  ...several('reReplaceAll', 3),
]);
