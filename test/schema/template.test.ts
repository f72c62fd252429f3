import { describe, expect, test } from 'vitest';
import { messages } from '../../src/components/alertmanager/message.js';
import { faultsInFiles, readNotification, readTemplate } from '../../src/schema/template.js';

const found = (text: string): string[] =>
  readNotification(text).faults.map(({ message }) => message);

test.each([
  '{{ .CommonAnnotations.summary }} {{ .GroupLabels.alertname | toUpper }}',
  '{{ range .Alerts }}{{ .Annotations.summary }} {{ $.CommonLabels.job }}{{ end }}',
  '{{ range .Alerts.Firing }}{{ .Labels.job }} {{ .StartsAt.Format "15:04" }}{{ end }}',
  '{{ range $index, $alert := .Alerts }}{{ $alert.Labels.job }}{{ .Fingerprint }}{{ $index }}{{ end }}',
  '{{ range .CommonLabels.SortedPairs }}{{ .Name }}={{ .Value }}{{ end }}',
  '{{ range $name, $value := .CommonLabels }}{{ $name }}={{ $value }}{{ . }}{{ end }}',
  '{{ with index .Alerts 0 }}{{ .Labels.job }}{{ else }}{{ .Status }}{{ end }}',
  '{{ with .CommonLabels.job }}{{ . }}{{ else with .CommonLabels.pod }}{{ . }}{{ end }}{{ .Status }}',
  '{{ if .Alerts }}{{ .Status }}{{ else if .GroupLabels }}{{ .Receiver }}{{ else }}{{ .ExternalURL }}{{ end }}',
  '{{ (index .Alerts 0).Annotations.summary }}',
  '{{ $first := index .Alerts 0 }}{{ $first.Labels.job }}',
  '{{ .Alerts | len }} {{ len .Alerts.Firing }} {{ .GroupLabels.SortedPairs.Values | join ", " }}',
  '{{ (.GroupLabels.Remove (stringSlice "a" "b")).Values | join " " }}',
  '{{ define "mine" }}{{ .Labels.any }}{{ $.Anything }}{{ end }}',
  '{{/* .Labels is not used */}}{{ "a .Labels b" }}',
  '{{- range .Alerts -}}{{- .Labels.job -}}{{- end -}}',
  '{{ reReplaceAll "a" "b" .Status }} {{ .Status | reReplaceAll "a" "b" }} {{ now | date "15:04" }}',
  '{{ printf "%s %s" .Status (toUpper .Receiver) }} {{ dict "a" .Status | toJson }}',
  '{{ range .Alerts }}{{ if eq .Status "firing" }}{{ .Labels.job | title }}{{ end }}{{ end }}',
  'no action',
])('has no faults: %s', (text) => {
  expect(found(text)).toEqual([]);
});

test('the texts that ship have no faults', () => {
  const texts = JSON.stringify(messages(true)).replaceAll('\\"', '"').replaceAll('\\n', '\n');
  expect(found(texts)).toEqual([]);
});

describe('a fault', () => {
  test.each([
    [
      '{{ .Annotations.summary }}',
      "A notification has no field 'Annotations'. Each alert has it: use .CommonAnnotations, or {{ range .Alerts }}.",
    ],
    [
      '{{ .StartsAt }}',
      "A notification has no field 'StartsAt'. Each alert has it: use {{ range .Alerts }}.",
    ],
    [
      '{{ range .Alerts }}{{ .CommonLabels.job }}{{ end }}',
      "An alert has no field 'CommonLabels'. The notification has it: use $.CommonLabels.",
    ],
    ['{{ range $a := .Alerts }}{{ $a.Label.job }}{{ end }}', "An alert has no field 'Label'."],
    [
      '{{ range .Alerts }}{{ else }}{{ .Labels.job }}{{ end }}',
      "A notification has no field 'Labels'. Each alert has it: use .CommonLabels, or {{ range .Alerts }}.",
    ],
    ['{{ .Alerts.Labels.job }}', "A value of the type Alerts has no field 'Labels'."],
    [
      '{{ range .Alerts.Firing.Resolved }}{{ end }}',
      "A value of the type list has no field 'Resolved'.",
    ],
    ['{{ .CommonLabels.job.name }}', "A text has no field 'name'."],
    [
      '{{ range .CommonLabels.SortedPairs }}{{ .Key }}{{ end }}',
      "A value of the type Pair has no field 'Key'.",
    ],
    [
      '{{ range .Alerts }}{{ end }}{{ .Labels.job }}',
      "A notification has no field 'Labels'. Each alert has it: use .CommonLabels, or {{ range .Alerts }}.",
    ],
    ['{{ .CommonLabels.Remove "a" }}', '.Remove needs a Strings, and not a text.'],
    ['{{ .Alerts.Firing "a" }}', '.Firing needs 0 arguments, and has 1.'],
    ['{{ .Status .Receiver }}', '.Status is no function, and has arguments.'],
    ['{{ range .Status }}{{ end }}', "'range' needs a list, and not a text."],
    ['{{ date "15:04" .Status }}', 'The function date needs a time, and not a text.'],
    [
      '{{ if gt (len .Alerts) 0.0 }}{{ end }}',
      "'gt' compares a int with a float. Write the number with a point: 5.0.",
    ],
    ['{{ toUpper }}', 'The function toUpper needs 1 argument, and has 0.'],
    ['{{ .Status | toUpper .Receiver }}', 'The function toUpper needs 1 argument, and has 2.'],
    ['{{ if (match "a") }}{{ end }}', 'The function match needs 2 arguments, and has 1.'],
  ])('in %s is reported', (text, message) => {
    expect(found(text)).toEqual([message]);
  });
});

test('the templates of a text are those that it uses and defines', () => {
  expect(
    readNotification(
      '{{ template "a" . }}{{- define `b` -}}{{ template "c" }}{{ end }}{{ block "d" . }}{{ end }}',
    ),
  ).toEqual({ used: ['a', 'd', 'c'], defined: ['b', 'd'], faults: [] });
});

test('a template in a file gets the data of the texts that use it, also through another template', () => {
  const files = {
    'a.tmpl':
      '{{ define "title" }}{{ .Annotations.summary }}{{ end }}{{ define "list" }}{{ range .Alerts }}{{ template "title" . }}{{ end }}{{ end }}',
  };
  const faults = (...texts: string[]) =>
    faultsInFiles(texts, files).map(({ file, fault }) => `${file}: ${fault.value}`);
  expect(
    faults('{{ template "list" . }}', '{{ range .Alerts }}{{ template "title" . }}{{ end }}'),
  ).toEqual([]);
  expect(faults('{{ template "list" . }}', '{{ template "title" . }}')).toEqual([
    'a.tmpl: .Annotations.summary',
  ]);
  expect(faults('{{ range .Alerts }}{{ template "list" . }}{{ end }}')).toEqual([
    'a.tmpl: .Alerts',
  ]);
});

const ofRule = (text: string): string[] =>
  readTemplate(text).faults.map(({ fails, message }) => `${fails ? 'fails' : 'parse'}: ${message}`);

// The verdicts of this table are those of Prometheus 3.14.
describe('a template of a rule', () => {
  test.each([
    '{{ $labels.job }} is {{ $value | humanize }}',
    '{{ printf "%.2f of %s" $value $labels.job }} {{ $value | printf "%5.1f%%" }}',
    '{{ printf "%[1]s %[1]s" $labels.job }} {{ printf "%*d" 5 (len $labels) }}',
    '{{ with query "up" }}{{ . | first | value | humanize }}{{ end }}',
    '{{ range $i, $s := query "up" | sortByLabel "job" }}{{ $i }}{{ $s.Labels.job }}{{ .Value }}{{ end }}',
    '{{ query "up" | first | label "job" | toUpper }}',
    '{{ if gt $value 5.0 }}a{{ else if eq $labels.job "x" }}b{{ else }}c{{ end }}',
    '{{ with $labels.job }}{{ . }}{{ else with $labels.pod }}{{ . }}{{ end }}',
    '{{ $x := $value }}{{ if $labels.job }}{{ $x = 1.0 }}{{ end }}{{ $x }}',
    '{{ $x := $value }}{{ range query "up" }}{{ $x = .Labels }}{{ end }}{{ $x.job }}',
    '{{ define "x" }}{{ .job }}{{ end }}{{ template "x" $labels }}',
    '{{ range query "up" }}{{ if .Value }}{{ continue }}{{ end }}{{ break }}{{ end }}',
    '{{ index $labels "job" }} {{ $.Labels.job }} {{ .ExternalURL }} {{ $externalLabels.a }}',
    '{{- /* .Label */ -}} {{ "}}" }} {{ `{{ x }}` }}',
    '{{ (query "up" | first).Labels.job }}{{ \'a\' }}{{ 0x1F }}{{ 1e3 }}{{ .5 }}{{ 1_000 }}',
    '{{ $labels.job | }}',
    '{{ $labels.job }}} {{ now | toTime }} {{ parseDuration "5m" }}',
  ])('can be expanded: %s', (text) => {
    expect(ofRule(text)).toEqual([]);
  });

  test.each([
    ['{{ printf "%s of %s" $value }}', 'fails: The format of printf needs 2 arguments, and has 1.'],
    ['{{ printf "%.1f" $value 5 }}', 'fails: The format of printf needs 1 argument, and has 2.'],
    ['{{ $value | printf "%d" }}', 'fails: %d writes no number.'],
    ['{{ printf "%.1f" (humanize $value) }}', 'fails: %.1f writes no text.'],
    ['{{ printf "100%" }}', 'fails: The format ends within a verb.'],
    ['{{ .Label.job }}', "fails: The data has no field 'Label'."],
    ['{{ $labels.job.name }}', "fails: A text has no field 'name'."],
    ['{{ $value.x }}', "fails: A number has no field 'x'."],
    ['{{ $value | toUpper }}', 'fails: The function toUpper needs a string, and not a number.'],
    [
      '{{ safeHtml $labels.job | toUpper }}',
      'fails: The function toUpper needs a string, and not a text from safeHtml.',
    ],
    [
      '{{ reReplaceAll ":.*" $labels.a }}',
      'fails: The function reReplaceAll needs 3 arguments, and has 2.',
    ],
    [
      '{{ label "job" (query "up") }}',
      'fails: The function label needs a sample, and not a value of the type samples.',
    ],
    [
      '{{ if gt $value 5 }}{{ end }}',
      "fails: 'gt' compares a float with a int. Write the number with a point: 5.0.",
    ],
    ['{{ range $value }}{{ end }}', "fails: 'range' needs a list, and not a number."],
    ['{{ $labels.job "x" }}', 'fails: $labels.job is no function, and has arguments.'],
    ['{{ len $value }}', 'fails: A number has no length.'],
    ['{{ index $labels 1 }}', 'fails: A label has a name, and not a number.'],
    [
      '{{ template "x" . }}',
      'fails: No template has this name: a rule has only those that its text defines.',
    ],
    ['{{ tmpl "x" . }}', 'parse: Unknown function.'],
    ['{{ humanise $value }}', 'parse: Unknown function.'],
    ['{{ $label.job }}', 'parse: Unknown variable.'],
    ['{{ $x = 1 }}', 'parse: Unknown variable.'],
    ['{{ define "x" }}{{ $labels.job }}{{ end }}', 'parse: Unknown variable.'],
    ['{{ if $value }}', "parse: 'if' has no 'end'."],
    ['{{ end }}', "parse: 'end' closes no block."],
    ['{{ else }}', "parse: 'else' is in no block."],
    ['{{ break }}', "parse: 'break' is in no 'range'."],
    ['{{ if $value }}{{ else with $value }}{{ end }}', "parse: Unexpected 'with'."],
    ['{{ 1 | 2 }}', "parse: 2 after '|' is no function."],
    ['{{ }}', 'parse: The action between the braces is empty.'],
    ['{{ $labels.job', "parse: '{{' has no closing '}}'."],
    ['{{ $labels.job}', "parse: Unexpected '}'."],
    ['{{ $labels.a-b }}', "parse: Unexpected '-'."],
    ['{{ ($value }}', 'parse: The parentheses are not balanced.'],
    ['{{ $value) }}', 'parse: The parentheses are not balanced.'],
    ['{{ "a }}', `parse: Unexpected '"': the quote is not closed.`],
    ['{{ "\\d" }}', 'parse: \\d is no escape sequence.'],
    ['{{ 08 }}', "parse: '08' is no number."],
    ['{{ "a".b }}', 'parse: a has no fields.'],
    ['{{ /* a */ }}', "parse: Unexpected '/'."],
    ['{{/* a }}', 'parse: The comment is not closed.'],
    ['{{ range $a, $b, $c := query "up" }}{{ end }}', "parse: Unexpected ','."],
    ['{{ $a, $b := 1 }}', "parse: Unexpected ','."],
  ])('%s: %s', (text, fault) => {
    expect(ofRule(text)).toEqual([fault]);
  });

  test('uses the labels that no condition around tests', () => {
    expect(
      readTemplate('{{ $labels.a }}{{ .Labels.b }}{{ $.Labels.c }}{{ index $labels "d" }}').labels,
    ).toEqual(['a', 'b', 'c', 'd']);
    expect(
      readTemplate(
        '{{ if $labels.a }}{{ $labels.a }}{{ $labels.b }}{{ end }}{{ with $labels.c }}{{ . }}{{ end }}',
      ).labels,
    ).toEqual(['b']);
    expect(
      readTemplate(
        '{{ with $labels }}{{ .a }}{{ end }}{{ range query "up" }}{{ .Labels.b }}{{ end }}',
      ).labels,
    ).toEqual(['a']);
  });
});
