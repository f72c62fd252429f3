import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { condition, statement } from '../../src/components/collector/ottl.js';
import { validate } from '../../src/environment/validate.js';
import { minimal } from '../environment.js';

const schemas = { statement, condition };

test.each<[keyof typeof schemas, string]>([
  ['statement', 'set(span.name, "a (b") where not (IsMatch(span.name, "^GET") or true)'],
  ['statement', 'replace_pattern(span.name, "(a)\\"", "$$1", SHA256)'],
  ['statement', 'set(log.body, ParseJSON(log.body)["a"][0]) where log.time_unix_nano > 1.5'],
  ['statement', 'set(log.attributes["x"], {"a": [1, -2], "b": nil})'],
  // The collector replaces the variable first.
  ['statement', "${env:STATEMENT} '"],
  ['condition', '(span.end_time - span.start_time) < Duration("1s")'],
  ['condition', 'Any(log.attributes["tags"], (_, v) => v == "prod")'],
  ['condition', 'attributes["it\'s"] != nil'],
])('a %s such as %s is accepted', (kind, text) => {
  expect(schemas[kind].safeParse(text).success).toBe(true);
});

test.each<[keyof typeof schemas, string, string]>([
  ['statement', 'set(span.name, "x"', 'with a ) for the ( at character 4'],
  ['statement', 'set(span.name, "x"))', 'without the ) at character 20, which closes nothing'],
  ['statement', 'set(a["b")', 'without the ) at character 10, which closes nothing'],
  ['statement', 'set(span.name, "x)', 'with an end of the text that starts at character 16'],
  [
    'condition',
    "name == 'x'",
    "without the ' at character 9: texts have double quotes, and 'and', 'or' and 'not' are words",
  ],
  ['condition', 'a == 1 && b == 2', 'without the & at character 8'],
  [
    'condition',
    'IsMach(name, "x")',
    'with a function of the collector in place of IsMach, such as IsMatch',
  ],
  ['condition', 'set(name, "x")', 'with a function of the collector in place of set'],
  [
    'statement',
    'delete_keys(attributes, "x")',
    'with a function of the collector in place of delete_keys, such as delete_key',
  ],
  ['statement', 'span.name == "x"', "that starts with a function such as 'set('"],
  ['statement', 'IsMatch(span.name, "x")', 'with a function of the collector in place of IsMatch'],
])('a %s such as %s is rejected', (kind, text, fault) => {
  const { error } = schemas[kind].safeParse(text);
  expect(error?.issues.map(({ message }) => message)).toEqual([
    expect.stringContaining(`a ${kind} in OTTL ${fault}`),
  ]);
});

// The live test compares all of these with the verdict of the collector.
test('of the examples in the documentation of the collector, few are reported', () => {
  const folder = resolve(import.meta.dirname, '../sample/ottl');
  const reported = (['statement', 'condition'] as const).flatMap((kind) =>
    readFileSync(`${folder}/${kind}s.txt`, 'utf8')
      .trim()
      .split('\n')
      .filter((text) => !schemas[kind].safeParse(text).success),
  );
  // Functions of metrics, and mistakes in the documentation.
  expect(reported).toMatchInlineSnapshot(`
    [
      "set(log.cache["x"], FormatTime(TruncateTime(spanevent.time, Duration("10h 20m"))), "%Y-%m-%d %H:%M:%S"))",
      "set(log.cache["x"], IsBool(pcommon.NewValueBool(false)))",
      "set(log.cache["x"], Int(Log(span.attributes["duration_ms"]))",
      "set(log.cache["x"], ParseSeverity(attributes["log-level"] {"info":[{"range":"2xx""}]}))",
      "set(resource.attributes["element_1"], resource.attributes["thingsMap"]["foo'])",
      "set(resource.attributes["element_2"], resource.attributes["thingsMap"]["bar'])",
      "convert_sum_to_gauge() where metric.name == "system.processes.count"",
      "convert_gauge_to_sum("cumulative", false) where metric.name == "prometheus_metric"",
      "aggregate_on_attributes("sum") where metric.name == "system.memory.usage"",
      "aggregate_on_attribute_value("sum", "attr1", ["val1", "val2"], "new_val") where metric.name == "system.memory.usage"",
    ]
  `);
});

test('a finding is at the statement, with its value and the remedy', () => {
  const options = {
    ...minimal,
    logAgent: {
      enabled: true,
      config: { processors: { transform: { log_statements: ["set(log.body, 'x')"] } } },
    },
  };
  const { findings } = validate(options, 'test', 'environments/test.ts');
  expect(findings).toMatchObject([
    {
      place: { path: 'logAgent.config.processors.transform.log_statements[0]' },
      value: "set(log.body, 'x')",
      remedy: expect.stringContaining("without the ' at character 15"),
    },
  ]);
});
