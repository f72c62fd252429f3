import { describe, expect, test } from 'vitest';
import { messages } from '../../src/components/alertmanager/message.js';
import { notificationFaults, templateNames } from '../../src/schema/notification-fields.js';

const found = (text: string): string[] => notificationFaults(text).map(({ message }) => message);

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
  '{{ define "mine" }}{{ .Labels.any }}{{ $.Anything }}{{ end }}{{ template "mine" . }}',
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
    ['{{ .CommonLabels.job.name }}', "A value of the type string has no field 'name'."],
    [
      '{{ range .CommonLabels.SortedPairs }}{{ .Key }}{{ end }}',
      "A value of the type Pair has no field 'Key'.",
    ],
    [
      '{{ range .Alerts }}{{ end }}{{ .Labels.job }}',
      "A notification has no field 'Labels'. Each alert has it: use .CommonLabels, or {{ range .Alerts }}.",
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
    templateNames(
      '{{ template "a" . }}{{- define `b` -}}{{ template "c" }}{{ end }}{{ block "d" . }}{{ end }}',
    ),
  ).toEqual({ used: ['a', 'c'], defined: ['b', 'd'] });
});
