// What a line states about itself, in the language of the processor `transform`:
// https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/v0.159.0/pkg/ottl
// A statement that fails, such as for a line with half an object, is skipped without a log line: error_mode is silent.

const quote = JSON.stringify;
const isObject = 'HasPrefix(log.body, "{")';
const isLogfmt = `IsMatch(log.body, ${quote('^[A-Za-z_][A-Za-z0-9_.]*=')})`;
const field = (name: string): string => `log.cache[${quote(name)}]`;
const firstOf = (names: readonly string[]): string => `Coalesce([${names.map(field).join(', ')}])`;
/** Adds what the named groups of a pattern match to the fields. */
const find = (pattern: string, where: string): string =>
  `merge_maps(log.cache, ExtractPatterns(log.body, ${quote(pattern)}), "upsert") where ${where}`;
const digits = (count: number): string => `[0-9a-fA-F]{${count}}`;

// Names of fields in common libraries of loggers.
const levelFields = ['level', 'severity', 'severity_text', 'log.level', 'levelname', 'lvl'];
const traceFields = ['trace_id', 'traceId', 'traceID', 'trace.id', 'TraceId', 'otelTraceID'];
const spanFields = ['span_id', 'spanId', 'spanID', 'span.id', 'SpanId', 'otelSpanID'];

/** Levels by the severity of OpenTelemetry; the numbers are those of pino and bunyan. */
const levels = {
  TRACE: 'trace|verbose|silly|finest|10',
  DEBUG: 'debug|dbug|fine|20',
  INFO: 'info|information|informational|notice|30',
  WARN: 'warn|warning|40',
  ERROR: 'error|err|severe|50',
  FATAL: 'fatal|critical|crit|alert|emerg|emergency|panic|dpanic|60',
};

const identifier = (target: string, names: readonly string[], length: number): string[] => [
  `set(${field('crowsnest.id')}, ${firstOf(names)})`,
  `set(log.${target}.string, ${field('crowsnest.id')}) where IsMatch(${field('crowsnest.id')}, ${quote(`^${digits(length)}$`)})`,
];

/** Severity and identifiers of trace and span, from lines in JSON or logfmt. The text of the line stays as it is. */
export const lineStatements: readonly string[] = [
  // Docker writes the line break too.
  'replace_pattern(log.body, "\\n$", "") where HasSuffix(log.body, "\\n")',
  `set(log.cache, ParseJSON(log.body)) where ${isObject}`,
  // A pattern that starts with a fixed text costs little in lines without it.
  find(`trace(?:_id|I[dD])="?(?P<trace_id>${digits(32)})`, `not ${isObject}`),
  find(`span(?:_id|I[dD])="?(?P<span_id>${digits(16)})`, `not ${isObject}`),
  find('(?:^|\\s)(?:level|lvl|severity)="?(?P<level>[A-Za-z]+)', isLogfmt),
  ...identifier('trace_id', traceFields, 32),
  ...identifier('span_id', spanFields, 16),
  `set(log.severity_text, String(${firstOf(levelFields)}))`,
  ...Object.entries(levels).map(
    ([name, texts]) =>
      `set(log.severity_number, SEVERITY_NUMBER_${name}) where log.severity_text != "" and IsMatch(log.severity_text, ${quote(`^(?i:${texts})$`)})`,
  ),
  // The resource has all of it, if the path could be read.
  'delete_key(log.attributes, "log.file.path") where resource.attributes["k8s.pod.name"] != nil',
  'delete_key(log.attributes, "logtag")',
];
