/** The markup of a kind of receiver. In a link, the dot is the URL. */
interface Markup {
  readonly newLine: string;
  /** Text before a link. @default - as between other facts */
  readonly beforeLink?: string;
  /** A pipeline that escapes a text. @default - no escaping */
  readonly escaping?: string;
  strong(text: string): string;
  link(title: string): string;
}

const slack: Markup = {
  newLine: '\n',
  // https://api.slack.com/reference/surfaces/formatting#escaping
  escaping: ' | reReplaceAll "&" "&amp;" | reReplaceAll "<" "&lt;" | reReplaceAll ">" "&gt;"',
  strong: (text) => `*${text}*`,
  link: (title) => `<{{ . }}|${title}>`,
};

const markdown: Markup = {
  newLine: '\n\n',
  strong: (text) => `**${text}**`,
  link: (title) => `[${title}]({{ . }})`,
};

const plain: Markup = {
  newLine: '\n',
  beforeLink: '\n',
  strong: (text) => text,
  link: (title) => `${title}: {{ . }}`,
};

// Alertmanager escapes texts for HTML.
const html: Markup = {
  newLine: '<br>\n',
  strong: (text) => `<strong>${text}</strong>`,
  link: (title) => `<a href="{{ . }}">${title}</a>`,
};

const separator = ' · ';

/** Maximum number of alerts of each state in a message: chat services truncate or reject long messages. */
const mostShown = 10;

const timeFormat = '"2006-01-02 15:04 UTC"';
const isAddress = 'match "^https?://"';
// Alerts from other senders may have no annotations.
const summary = 'or .Annotations.summary .Labels.alertname';
const name = '{{ or .CommonLabels.alertname "Several alerts" }}';

const about = [
  name,
  '{{ with .CommonLabels.severity }} · {{ . }}{{ end }}',
  '{{ range (.GroupLabels.Remove (stringSlice "alertname" "severity")).Values }} · {{ . }}{{ end }}',
].join('');

/** One line: the state, the number of firing alerts, the name, the severity, and the common labels. */
const title = `[{{ .Status | toUpper }}{{ if eq .Status "firing" }}:{{ len .Alerts.Firing }}{{ end }}] ${about}`;

/** A link, or the path as text if it is not a URL. */
const linkTo = (annotation: string, label: string, { beforeLink, link }: Markup): string =>
  `{{ with .Annotations.${annotation} }}${beforeLink ?? separator}{{ if ${isAddress} . }}${link(label)}{{ else }}${label}: {{ . }}{{ end }}{{ end }}`;

const alertText = (markup: Markup, state: 'firing' | 'resolved'): string => {
  const { newLine, escaping = '', strong } = markup;
  const times = [
    `since {{ .StartsAt.UTC.Format ${timeFormat} }}`,
    ...(state === 'resolved' ? [`resolved at {{ .EndsAt.UTC.Format ${timeFormat} }}`] : []),
  ];
  return [
    `${strong(`{{ ${summary}${escaping} }}`)}${newLine}`,
    `{{ with .Annotations.description }}{{ .${escaping} }}${newLine}{{ end }}`,
    `{{ with .Labels.severity }}{{ .${escaping} }}${separator}{{ end }}`,
    times.join(separator),
    linkTo('runbook_url', 'Runbook', markup),
    linkTo('dashboard_url', 'Dashboard', markup),
    newLine,
  ].join('');
};

const listOf = (markup: Markup, state: 'firing' | 'resolved'): string => {
  const list = state === 'firing' ? '.Alerts.Firing' : '.Alerts.Resolved';
  const rest = `Only ${mostShown} of {{ len ${list} }} ${state} alerts are shown.${markup.newLine}`;
  return [
    `{{ range $index, $alert := ${list} }}{{ if lt $index ${mostShown} }}`,
    `{{ if $index }}${gap(markup)}{{ end }}${alertText(markup, state)}`,
    `{{ end }}{{ end }}{{ if gt (len ${list}) ${mostShown} }}${gap(markup)}${rest}{{ end }}`,
  ].join('');
};

/** An empty line; Markdown already has one between paragraphs. */
const gap = ({ newLine }: Markup): string => (newLine === '\n\n' ? '' : newLine);

const textIn = (markup: Markup): string =>
  [
    listOf(markup, 'firing'),
    `{{ if and .Alerts.Firing .Alerts.Resolved }}${gap(markup)}{{ end }}`,
    listOf(markup, 'resolved'),
  ].join('');

const alertmanagerPage = '{{ template "__alertmanagerURL" . }}';

/** A link to the alerts of the receiver, if Alertmanager has a public URL. */
const pageLink = (markup: Markup, reachable: boolean): string =>
  reachable ? gap(markup) + markup.link('Alertmanager').replace('{{ . }}', alertmanagerPage) : '';

/** As JSON: PagerDuty reads a text with a colon as a field and its value. */
const details = (list: string): string => {
  const entry = [
    `"summary" (${summary})`,
    '"description" .Annotations.description',
    '"severity" .Labels.severity',
    `"since" (.StartsAt.UTC.Format ${timeFormat})`,
    '"runbook" .Annotations.runbook_url',
    '"dashboard" .Annotations.dashboard_url',
    '"labels" .Labels',
  ].join(' ');
  return `[{{ range $index, $alert := ${list} }}{{ if $index }}, {{ end }}{{ dict ${entry} | toJson }}{{ end }}]`;
};

/** A link of the first alert; PagerDuty drops a link without a URL. */
const firstLink = (annotation: string, text: string) => ({
  href: `{{ with (index .Alerts 0).Annotations.${annotation} }}{{ if ${isAddress} . }}{{ . }}{{ end }}{{ end }}`,
  text,
});

/**
 * The texts of the messages for each kind of receiver, as Alertmanager templates. `reachable`: whether
 * Alertmanager's web interface has a public URL.
 */
export const messages = (reachable: boolean) => {
  const page = reachable ? alertmanagerPage : '';
  return {
    slack: {
      title,
      title_link: page,
      fallback: title,
      color:
        '{{ if ne .Status "firing" }}good{{ else if eq .CommonLabels.severity "critical" }}danger{{ else }}warning{{ end }}',
      text: textIn(slack),
    },
    msteams: { title, text: textIn(markdown) + pageLink(markdown, reachable) },
    pagerduty: {
      // The summary, if all alerts of the group have the same one.
      description: `{{ with .CommonAnnotations.summary }}{{ . }}{{ else }}${about}{{ end }}{{ if gt (len .Alerts.Firing) 1 }} ({{ len .Alerts.Firing }} alerts){{ end }}`,
      client_url: page,
      // https://developer.pagerduty.com/docs/send-alert-event
      severity:
        '{{ if match "^(critical|warning|info)$" .CommonLabels.severity }}{{ .CommonLabels.severity }}{{ else }}error{{ end }}',
      source: '{{ or .CommonLabels.cluster "Alertmanager" }}',
      class: name,
      component: '{{ or .CommonLabels.job .CommonLabels.namespace }}',
      group: '{{ .CommonLabels.namespace }}',
      details: { firing: details('.Alerts.Firing'), resolved: details('.Alerts.Resolved') },
      links: [firstLink('runbook_url', 'Runbook'), firstLink('dashboard_url', 'Dashboard')],
    },
    email: {
      headers: { Subject: title },
      text: textIn(plain) + pageLink(plain, reachable),
      html: `<h3>${title}</h3>\n${textIn(html)}${pageLink(html, reachable)}`,
    },
  } as const;
};
