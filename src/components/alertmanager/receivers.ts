import { type Alerting, ownReceivers, type Receiver } from '../../config/alerting.js';
import type { CommonEnvironment } from '../../config/common.js';
import { internet, portOf } from '../../config/internet.js';
import { loginsIn, serversIn } from '../../config/raw-receiver.js';
import { serverAt } from '../../config/server.js';
import type { Endpoint } from '../../model/endpoint.js';
import type { Location } from '../../model/location.js';
import { offer } from '../../model/offer.js';
import type { Party } from '../../model/party.js';
import type { SecretReference } from '../../model/prerequisite.js';
import { referencesIn } from '../../model/secret-file.js';

/** The receivers of notifications, each as an outside party. */
export const notificationReceivers = ({
  alerting,
}: Pick<CommonEnvironment, 'alerting'>): Party[] => {
  if (!alerting) return [];
  const { receivers, deadMansSwitch, proxy } = alerting;
  return [
    ...receivers.map((receiver, index) => ({
      ...serverOf(receiver, proxy),
      declaration: { path: `alerting.receivers[${index}]` },
    })),
    ...(deadMansSwitch
      ? [byHttp(ownReceivers.deadMansSwitch, { kind: 'webhook', ...deadMansSwitch }, proxy)]
      : []),
  ];
};

const serverOf = (receiver: Receiver, proxy: Alerting['proxy']): Party => {
  if (receiver.kind === 'raw') return rawParty(receiver, proxy);
  return receiver.kind === 'email' ? mailServer(receiver) : byHttp(receiver.name, receiver, proxy);
};

type Mail = Extract<Receiver, { kind: 'email' }>;
type ByHttp = { readonly at?: Location } & (
  | { readonly kind: 'pagerduty'; readonly routingKey: SecretReference }
  | {
      readonly kind: 'webhook' | 'slack' | 'msteams';
      readonly url: SecretReference;
      readonly port: number;
    }
);

const byHttp = (name: string, receiver: ByHttp, proxy: Alerting['proxy']): Party => {
  const authentication = {
    kind: 'secret',
    secret: receiver.kind === 'pagerduty' ? receiver.routingKey : receiver.url,
  } as const;
  if (proxy) {
    // Only the proxy is reached directly.
    const { hostname, protocol } = new URL(proxy.url);
    return party(name, proxy.at, {
      port: portOf(proxy.url),
      scheme: protocol === 'https:' ? 'https' : 'http',
      host: hostname,
      authentication,
    });
  }
  const port = receiver.kind === 'pagerduty' ? 443 : receiver.port;
  return party(name, receiver.at, { port, scheme: 'https', authentication });
};

const mailServer = ({ name, at, smtp }: Mail): Party =>
  party(name, at, {
    port: smtp.port,
    scheme: 'tcp',
    host: smtp.host,
    ...(smtp.password && { authentication: { kind: 'secret', secret: smtp.password } }),
  });

/** A receiver in native configuration: the servers that its integrations connect to. */
const rawParty = (
  { name, at, loginAt, config, port }: Extract<Receiver, { kind: 'raw' }>,
  proxy: Alerting['proxy'],
): Party => {
  const places: Record<string, Location> = {
    [name]: at ?? internet,
    [`${name}-login`]: loginAt ?? internet,
    [`${name}-proxy`]: proxy?.at ?? internet,
  };
  const direct = [
    ...serversIn(config, port).map((server) => ({ ...server, workload: name })),
    ...loginsIn(config).map((server) => ({ ...server, workload: `${name}-login` })),
  ];
  const mail = direct.filter(({ scheme }) => scheme === 'tcp');
  const viaProxy =
    proxy && direct.length > mail.length
      ? [{ ...serverAt(proxy.url), workload: `${name}-proxy` }]
      : [];
  const [secret, ...others] = referencesIn(config);
  const endpoints = [...(proxy ? mail : direct), ...viaProxy].map(
    (server): Endpoint => ({
      ...server,
      ...(secret && { authentication: { kind: 'secret', secret, others } }),
      verification: { kind: 'public-ca' },
      offers: [offer('notifications')],
    }),
  );
  return {
    name,
    workloads: Object.fromEntries(
      Object.entries(places).filter(([key]) => endpoints.some(({ workload }) => workload === key)),
    ),
    endpoints: Object.fromEntries(
      endpoints.map((one, index) => [index === 0 ? 'notify' : `notify-${index}`, one]),
    ),
    consumes: [],
  };
};

const party = (
  name: string,
  at: Location | undefined,
  endpoint: Omit<Endpoint, 'offers'>,
): Party => ({
  name,
  workloads: { [name]: at ?? internet },
  endpoints: {
    notify: { verification: { kind: 'public-ca' }, ...endpoint, offers: [offer('notifications')] },
  },
  consumes: [],
});
