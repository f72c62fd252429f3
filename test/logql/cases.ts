/** Queries that Loki accepts, and whether they return lines or series. */
export const accepted: readonly (readonly [query: string, kind: 'lines' | 'series'])[] = [
  ['{app="a"}', 'lines'],
  ['{rate="x", count=~"a|b", c!="", d!~`e.*`}', 'lines'],
  ['({app="a"} |= "x" |~ `(?i)y` != "z" | json)', 'lines'],
  ['{app="a"} |= "x" or "y" # a comment {', 'lines'],
  ['{app="a"} |= ip("10.0.0.0/8") or ip("192.168.4.5-192.168.4.20")', 'lines'],
  ['{app="a"} | json | address = ip("::1") and b >= 250ms or c < 1.5KB', 'lines'],
  ['{app="a"} | json code="response.code", host | logfmt --strict | unpack', 'lines'],
  ['{app="a"} | regexp "(?P<status>\\\\d+)" | pattern `<_> - <method> <path>`', 'lines'],
  ['{app="a"} |> "<_> error <_>" | line_format `{{.msg}}` | label_format a=b, c=`{{.d}}`', 'lines'],
  ['{app="a"} | decolorize | drop a, b="c" | keep d', 'lines'],
  ['{app="a"} | logfmt | a="b" c!="d"', 'lines'],
  ['sum by (level) (count_over_time({app="a"} | json [5m]))', 'series'],
  ['SUM(Rate({app="a"}[1h30m])) BY (a) / 5 * 1e3', 'series'],
  ['topk(10, sum(rate({app="a"}[5m] offset 1d)) by (a, b)) > bool 5', 'series'],
  [
    'avg_over_time({app="a"} | unwrap duration_seconds(x) | __error__="" [5m] offset 5m) by (pod)',
    'series',
  ],
  ['quantile_over_time(0.99, ({app="a"} | logfmt | unwrap bytes(size))[5m]) without (a)', 'series'],
  ['rate_counter({app="a"} | unwrap x [5m]) or vector(0)', 'series'],
  ['approx_topk(5, count_over_time({app="a"}[5m]))', 'series'],
  ['sum(rate({a="b"}[5m])) / on (x) group_left (y) sum(rate({c="d"}[5m]))', 'series'],
  ['label_replace(rate({a="b"}[5m]), "x", "$1", "y", "(.*)")', 'series'],
  ['absent_over_time({a="b"}[5m])', 'series'],
  ['sum by (vector) (rate({label_replace="a"} | vector="b" [5m]))', 'series'],
];

const empty =
  'The selector matches all streams: Loki requires a matcher that does not match an empty value, such as namespace=~".+".';

const dotted =
  'The name of a label has only letters, digits and underscores: Loki replaces all else by underscores.';

const parser = (name: string): string =>
  `Unknown parser '${name}': use json, logfmt, pattern, regexp, unpack or another stage, or compare it with a value if it is a label.`;

/** Queries that Loki rejects, with the text at fault and the message about it, if the test compares it. */
export const rejected: readonly (readonly [query: string, place: string, message?: string])[] = [
  ['', '', 'The expression is empty.'],
  ['{app="a"', '{', "'{' has no closing bracket."],
  ['{app="a} |= "x"', '"', 'The string has no closing quote.'],
  ['{app=my-shop}', 'my-shop', "The text after '=' must be in double quotes."],
  ["{app='a'}", "'a'", "The text after '=' must be in double quotes."],
  ['{app="a"} |= error', 'error', "The text after '|=' must be in double quotes."],
  ['{app="a"} | level=error | json', 'error', "The text after '=' must be in double quotes."],
  ['{k8s.namespace.name="a"}', 'k8s.namespace.name', dotted],
  ['sum by (k8s.pod.name) (rate({a="b"}[5m]))', 'k8s.pod.name', dotted],
  ['{app="a"} | drop a.b', 'a.b', dotted],
  ['{app="a"} | jsn', 'jsn', parser('jsn')],
  ['{app="a"} | jsn | level="b"', 'jsn', parser('jsn')],
  ['rate({app="a"} | level [5m])', 'level', parser('level')],
  ['{app="a"} | line_format', '', 'The expression is incomplete.'],
  ['{}', '}'],
  ['{a=~".*"}', '{a=~".*"}', empty],
  ['sum(rate({a!="b", c=~"x|"}[5m]))', '{a!="b", c=~"x|"}', empty],
  ['{a=~"["}', '"["'],
  ['{a="b"} |~ "(?!x)"', '"(?!x)"'],
  ['{a="b"} |~ "x" or "["', '"["'],
  ['{a="b"} | json | c=~"["', '"["'],
  ['{a="b"} |= "\\d"', '\\d"', "Unknown escape sequence in the string: '\\d'."],
  [
    '{a="b"} | regexp "[(]\\\\(x"',
    '"[(]\\\\(x"',
    'The expression has no group, such as (?P<status>\\d+), from which a label comes.',
  ],
  [
    '{a="b"} | pattern "<_> x"',
    '"<_> x"',
    'The pattern has no capture, such as <method>, from which a label comes.',
  ],
  ['{a="b"} | pattern "<a><b>"', '"<a><b>"', 'A text is missing between the captures <a><b>.'],
  ['{a="b"} | pattern "<a> <a>"', '"<a> <a>"', 'The pattern has the capture <a> twice.'],
  ['{a="b"} |> "<a> x"', '"<a> x"', 'A line filter sets no label: use <_> instead of <a>.'],
  ['{a="b"} |= ip("x")', '"x"', 'This is no IP address, CIDR or range of addresses.'],
  ['{a="b"} |~ ip("::1")', '|~', 'Before ip(…), use |= or !=.'],
  ['{a="b"} | label_format c=d, c=e', 'c', "The label 'c' is set twice."],
  ['{a="b"} | label_format __error__=d', '__error__', 'Loki sets this label itself.'],
  [
    '{a="b"} | unwrap c',
    '| unwrap',
    'unwrap needs a function of a range, such as sum_over_time({…} | unwrap x [5m]).',
  ],
  ['{a="b" c="d"}', 'c', "Unexpected 'c'."],
  ['{of="b"}', 'of', "'of' is a word of LogQL, which Loki does not read as the name of a label."],
  ['{a="b"} | and="c"', 'and'],
  ['{a="b"} | line_format "{{.c"', '"{{.c"'],
  [
    '{a="b"} | label_format c=`{{ uper .d }}`',
    '`{{ uper .d }}`',
    'Invalid template: Unknown function.',
  ],
  ['rate({a="b"}[ 5m])', '[ 5m]', 'A range has no spaces: [5m].'],
  ['rate({a="b"})', ')', 'rate needs a range before this bracket, such as [5m].'],
  [
    'sum(Rate({a="b"} |= "(" | json)) by (c)',
    ')',
    'rate needs a range before this bracket, such as [5m].',
  ],
  ['sum({a="b"})', ')', 'sum needs numbers of lines, such as sum(count_over_time({…}[5m])).'],
  ['rate({a="b"}[5])', '5'],
  ['sum_ovr_time({a="b"} | unwrap c [5m])', 'sum_ovr_time', "Unknown function 'sum_ovr_time'."],
  [
    'sum_over_time({a="b"}[5m])',
    'sum_over_time',
    'sum_over_time needs a number of the lines: | unwrap <label>.',
  ],
  [
    'count_over_time({a="b"} | unwrap c [5m])',
    'count_over_time',
    "count_over_time counts lines, and cannot use the number of 'unwrap'.",
  ],
  [
    'rate({a="b"}[5m]) by (c)',
    'by (c)',
    "rate allows neither 'by' nor 'without': use sum by (…) (rate(…)).",
  ],
  [
    'quantile_over_time({a="b"} | unwrap c [5m])',
    'quantile_over_time',
    'quantile_over_time needs a number before the range, such as 0.99.',
  ],
  ['rate(5, {a="b"}[5m])', '5', 'rate has no number as a parameter.'],
  ['topk(rate({a="b"}[5m]))', 'topk', 'topk needs a number, such as topk(10, …).'],
  ['topk(0, rate({a="b"}[5m]))', '0', 'The number of topk must be a whole number above 0.'],
  ['sum(5, rate({a="b"}[5m]))', '5', 'sum has no number as a parameter.'],
  ['sort(rate({a="b"}[5m])) by (c)', 'by (c)', "sort allows neither 'by' nor 'without'."],
  [
    '{a="b"} / rate({a="b"}[5m])',
    '{a="b"}',
    'This is a query for lines, with which Loki cannot calculate.',
  ],
  ['rate({a="b"}[5m]) or 1', '1', "A number cannot be an operand of 'or'."],
  ['label_replace(rate({a="b"}[5m]), "x", "$1", "y", "(")', '"("'],
];
