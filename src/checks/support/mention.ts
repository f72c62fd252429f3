import { recordOf } from './untyped.js';

/** A text, and its path in an object. */
export interface Text {
  readonly path: string;
  readonly text: string;
}

/** An address in a text. */
export interface Mention {
  readonly path: string;
  /** The address as it is written. */
  readonly value: string;
  readonly host: string;
  /** @default - a Service without a port */
  readonly port?: number;
  /** Whether it configures a server to listen on the address. */
  readonly listens: boolean;
}

const url =
  /\b(?<scheme>[a-z][a-z0-9+]*):\/\/(?:[^\s/@]+@)?(?<host>\[[^\]\s]+\]|[^\s/:?#"'`,;)}\\]+)(?::(?<port>\d+))?/g;
const hostAndPort = /^(?:--?[\w.-]+=)?(?<host>\[[^\]]*\]|[\w.$()-]*):(?<port>\d{1,5})$/;
const service =
  /(?<![\w.-])(?:[a-z0-9-]+\.){2,3}svc(?:\.cluster\.local)?(?![\w-])(?::(?<port>\d+))?/g;
const portFlag = /^--?[\w.-]*port=(?<port>\d{1,5})$/;

const defaultPorts: Readonly<Record<string, number>> = { http: 80, https: 443, ws: 80, wss: 443 };

/** Hosts of the pod itself: all its addresses, or its loopback address. */
export const everywhere = ['', '0.0.0.0', '[::]', '::', '$(POD_IP)', '[$(POD_IP)]'];
export const loopback = ['127.0.0.1', 'localhost', '[::1]'];

/** The addresses in a text. */
export const mentionsIn = ({ path, text }: Text): Mention[] => {
  const found: Mention[] = [...text.matchAll(url)].map(({ 0: value, groups = {} }) => ({
    path,
    value,
    // Names of hosts have no case; those of variables have.
    host: groups.host!.includes('$') ? groups.host! : groups.host!.toLowerCase(),
    port: Number(groups.port ?? defaultPorts[`${groups.scheme}`]) || undefined,
    listens: false,
  }));
  const rest = text.replace(url, ' ');
  const flag = portFlag.exec(text);
  if (flag) found.push({ path, value: text, host: '', port: Number(flag[1]), listens: true });
  const whole = hostAndPort.exec(rest);
  const { host = '', port } = whole?.groups ?? {};
  const known = [...everywhere, ...loopback].includes(host);
  if (whole && (known || host.includes('.') || host.includes('(') || host.startsWith('['))) {
    found.push({ path, value: text, host, port: Number(port), listens: known });
  } else {
    for (const { 0: value, groups = {} } of rest.matchAll(service)) {
      const [name = ''] = value.split(':');
      found.push({
        path,
        value,
        host: name,
        port: Number(groups.port) || undefined,
        listens: false,
      });
    }
  }
  return found;
};

const isHttpPort = (name: string, value: string): boolean =>
  /^http_port$|(^|_)HTTP_PORT$/.test(name) && /^\d+$/.test(value);

const listensOn = (port: string): string => `--port=${port}`;

/**
 * The text of an environment variable; `…_HTTP_PORT` is the port of a listener, and `DATA_SOURCE_URI`
 * of postgres_exporter has no scheme.
 */
export const variableText = (name: string, value: string): string => {
  if (isHttpPort(name, value)) return listensOn(value);
  return name === 'DATA_SOURCE_URI' ? `postgresql://${value}` : value;
};

/** The texts in a parsed value, with their paths; the fields `port` and `http_port` are ports of listeners. */
export const textsIn = (value: unknown, path: string): Text[] => {
  if (typeof value === 'string') return [{ path, text: value }];
  if (Array.isArray(value))
    return value.flatMap((item, index) => textsIn(item, `${path}[${index}]`));
  return Object.entries(recordOf(value)).flatMap(([key, part]) =>
    (key === 'port' && typeof part === 'number') || isHttpPort(key, `${part}`)
      ? [{ path: `${path}.${key}`, text: listensOn(`${part}`) }]
      : textsIn(part, path.endsWith(': ') ? `${path}${key}` : `${path}.${key}`),
  );
};
