import { declaredServer } from '../../config/alert-server.js';
import type { Alerting } from '../../config/alerting.js';
import type { CommonEnvironment } from '../../config/common.js';
import { type Contact, contactsOf } from '../../config/contact.js';
import { internet, portOf } from '../../config/internet.js';
import { ownReceivers, type Receiver } from '../../config/receiver.js';
import { addressBlock, bareAddress } from '../../config/server.js';
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
  const { receivers, deadMansSwitch, proxy, config } = alerting;
  const nameOf = naming();
  const all = [
    ...receivers.map((receiver, index) => ({
      ...serverOf(receiver, nameOf(receiver.name), alerting),
      declaration: { path: `alerting.receivers[${index}]`, renamable: true },
    })),
    ...(config?.receivers ?? []).map((receiver, index) => ({
      ...nativeParty(nameOf(receiver.name), { config: receiver }, alerting),
      declaration: { path: `alerting.config.receivers[${index}]`, renamable: true },
    })),
    ...(deadMansSwitch
      ? [byHttp(ownReceivers.deadMansSwitch, { kind: 'webhook', ...deadMansSwitch }, proxy)]
      : []),
  ];
  // A receiver without an integration connects to nothing.
  return all.filter(({ endpoints }) => Object.keys(endpoints).length > 0);
};

/** Gives each receiver the name of its party: valid, and unique among receivers. */
const naming = () => {
  const taken = new Set<string>([ownReceivers.deadMansSwitch]);
  return (receiver: string): string => {
    const slug = receiver
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 40)
      .replace(/^-|-$/g, '');
    const base = slug === '' ? 'receiver' : slug;
    let name = base;
    for (let count = 2; taken.has(name); count += 1) name = `${base}-${count}`;
    taken.add(name);
    return name;
  };
};

const serverOf = (receiver: Receiver, name: string, alerting: Alerting): Party => {
  if (receiver.kind === 'raw') return nativeParty(name, receiver, alerting);
  return receiver.kind === 'email'
    ? mailServer(name, receiver, alerting)
    : byHttp(name, receiver, alerting.proxy);
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

const mailServer = (name: string, { at, smtp }: Mail, alerting: Alerting): Party => {
  const server = { scheme: 'tcp', host: smtp.host, port: smtp.port } as const;
  const contact: Contact = { server, role: 'server', unverified: false, plain: false };
  return party(name, at ?? placeOf(contact, {}, alerting), {
    ...server,
    ...(smtp.password && { authentication: { kind: 'secret', secret: smtp.password } }),
  });
};

/** A receiver in native configuration, with the options next to it. */
interface Native {
  readonly config: unknown;
  readonly at?: Location;
  readonly loginAt?: Location;
  readonly port?: number;
}

/** A receiver in native configuration: the servers that its integrations connect to. */
const nativeParty = (name: string, native: Native, alerting: Alerting): Party => {
  const { config: { global } = {}, servers, unverified } = alerting;
  const contacts = contactsOf(native.config, global, alerting.proxy?.url);
  const places = new Map<string, readonly [name: string, place: Location]>();
  const workloadOf = (contact: Contact): string => {
    const base = contact.role === 'server' ? name : `${name}-${contact.role}`;
    const place = placeOf(contact, native, alerting);
    const key = `${base} ${JSON.stringify(place)}`;
    const alike = [...places.keys()].filter((one) => one.startsWith(`${base} `)).length;
    const found = places.get(key) ?? ([alike > 0 ? `${base}-${alike + 1}` : base, place] as const);
    places.set(key, found);
    return found[0];
  };
  const [secret, ...others] = referencesIn([native.config, ...inheritedBy(native.config, global)]);
  const endpoints = contacts.map((contact): Endpoint => {
    const { server, secret: url, unverified: isOpen } = contact;
    const port = url && (declaredServer(servers, contact)?.port ?? native.port);
    return {
      ...server,
      ...(port !== undefined && { port }),
      workload: workloadOf(contact),
      ...(secret && { authentication: { kind: 'secret', secret, others } }),
      verification:
        isOpen && unverified !== undefined
          ? { kind: 'unverified', reason: unverified }
          : { kind: 'public-ca' },
      offers: [offer('notifications')],
    };
  });
  return {
    name,
    workloads: Object.fromEntries(places.values()),
    endpoints: Object.fromEntries(
      endpoints.map((one, index) => [index === 0 ? 'notify' : `notify-${index}`, one]),
    ),
    consumes: [],
  };
};

/** The fields of `global` with secrets, for a receiver with an integration; it may use all of them. */
const inheritedBy = (config: unknown, global: unknown): unknown[] =>
  Object.keys(Object(config)).some((name) => name.endsWith('_configs')) ? [global] : [];

const placeOf = (
  contact: Contact,
  { at, loginAt }: Pick<Native, 'at' | 'loginAt'>,
  { proxy, servers }: Alerting,
): Location => {
  const { host, port } = contact.server;
  const common = proxy && new URL(proxy.url).hostname === host && portOf(proxy.url) === port;
  if (contact.role === 'proxy' && common) return proxy.at;
  const own = { server: at, login: loginAt, proxy: undefined }[contact.role];
  const address = host === undefined ? undefined : bareAddress(host);
  return (
    own ??
    declaredServer(servers, contact)?.at ??
    (address === undefined ? internet : { kind: 'addresses', cidrs: [addressBlock(address)] })
  );
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
