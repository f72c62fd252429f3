/** The types of the parameters and of the result of a function; `any` fits everything. */
export interface Signature {
  readonly takes: readonly string[];
  /** Whether the last parameter can be repeated, or left out. */
  readonly variadic: boolean;
  readonly gives: string | undefined;
}

/** Lines such as `string string -> bool: match`; `...` after a type repeats it. */
const signatures = (lines: string): [string, Signature][] =>
  lines
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [types = '', names = ''] = line.split(':');
      const [parameters = '', gives = ''] = types.split('->').map((one) => one.trim());
      const takes = parameters.split(/\s+/).filter((one) => one !== '');
      const variadic = takes.at(-1)?.endsWith('...') ?? false;
      const signature: Signature = {
        takes: takes.map((one) => one.replace('...', '')),
        variadic,
        gives: gives === 'any' ? undefined : gives,
      };
      return names
        .trim()
        .split(/\s+/)
        .map((name): [string, Signature] => [name, signature]);
    });

// https://github.com/golang/go/blob/go1.26.0/src/text/template/funcs.go; `and`, `or`, `eq` and `index` have rules of their own.
const builtIn = signatures(`
  any any... -> any: and or
  any any... -> bool: eq
  any any -> bool: ne lt le gt ge
  any -> bool: not
  any any... -> any: index slice call
  any -> int: len
  any... -> string: html js urlquery print println
  string any... -> string: printf
`);

/** Functions of rules: https://github.com/prometheus/prometheus/blob/v3.14.0/template/template.go */
export const ruleFunctions: ReadonlyMap<string, Signature> = new Map([
  ...builtIn,
  ...signatures(`
  string -> samples: query
  samples -> sample: first
  string sample -> string: label
  sample -> any: value
  sample -> string: strvalue
  string samples -> samples: sortByLabel
  any... -> any: args
  string string string -> string: reReplaceAll
  string string -> bool: match
  string -> html: safeHtml
  string -> string: title toUpper toLower graphLink tableLink stripPort stripDomain urlQueryEscape
  any -> string: humanize humanize1024 humanizeDuration humanizePercentage humanizeTimestamp
  any -> time: toTime
  any -> duration: toDuration
  string -> float: parseDuration
  -> float: now
  -> string: externalURL pathPrefix
`),
]);

/** Functions of notifications: https://github.com/prometheus/alertmanager/blob/v0.34.0/template/template.go */
export const notificationFunctions: ReadonlyMap<string, Signature> = new Map([
  ...builtIn,
  ...signatures(`
  string -> string: toUpper toLower title trimSpace urlUnescape routeLabels base64encode base64decode
  string Strings -> string: join
  string string -> bool: match
  string -> html: safeHtml safeUrl
  string string string -> string: reReplaceAll
  string... -> Strings: stringSlice
  string time -> string: date
  string time -> time: tz
  -> time: now
  time -> duration: since
  any -> string: humanizeDuration toJson
  string string -> time: toDate mustToDate
  any... -> any: list dict
  any any... -> any: append
`),
]);
