interface AlertStatus {
  readonly state: string;
  readonly inhibitedBy: readonly string[];
  readonly silencedBy: readonly string[];
}

/** An alert in the format of the Alertmanager API. */
export interface ListedAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly status: AlertStatus;
}

/** The status of Alertmanager. */
export interface AlertmanagerStatus {
  readonly cluster: { readonly status: string; readonly peers?: readonly { address: string }[] };
  readonly config: { readonly original: string };
}

const request = async <T>(url: string, path: string, body?: unknown): Promise<T> => {
  const response = await fetch(`${url}/api/v2/${path}`, {
    ...(body !== undefined && {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
  return (text ? JSON.parse(text) : undefined) as T;
};

/** The status of its mesh and its configuration. */
export const statusOf = (url: string) => request<AlertmanagerStatus>(url, 'status');

/** Sends alerts that start now, in the same way as Prometheus. */
export const sendAlerts = (url: string, alerts: readonly Readonly<Record<string, string>>[]) =>
  request<void>(
    url,
    'alerts',
    alerts.map((labels) => ({ labels, startsAt: new Date().toISOString() })),
  );

/** An alert for the API, with its times. */
export interface PostedAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly startsAt: string;
  /** @default - it fires until it is no longer sent */
  readonly endsAt?: string;
}

/** Sends alerts without changes. */
export const postAlerts = (url: string, alerts: readonly PostedAlert[]) =>
  request<void>(url, 'alerts', alerts);

/** The current alerts. */
export const alertsOf = (url: string) => request<ListedAlert[]>(url, 'alerts');

/** Silences an alert by name for an hour, and returns the identifier of the silence. */
export const silence = async (url: string, alertname: string): Promise<string> => {
  const { silenceID } = await request<{ silenceID: string }>(url, 'silences', {
    matchers: [{ name: 'alertname', value: alertname, isRegex: false, isEqual: true }],
    startsAt: new Date().toISOString(),
    endsAt: new Date(Date.now() + 3_600_000).toISOString(),
    createdBy: 'the test',
    comment: 'while it is mended',
  });
  return silenceID;
};

/** The identifiers of the active silences. */
export const silencesOf = async (url: string): Promise<string[]> =>
  (await request<{ id: string; status: { state: string } }[]>(url, 'silences'))
    .filter(({ status }) => status.state === 'active')
    .map(({ id }) => id);
