import { recordOf } from '../reference/lenient.js';

/** A text, and where it stands in an object. */
export interface Text {
  readonly path: string;
  readonly text: string;
}

/** An address that a text names. */
export interface Mention {
  readonly path: string;
  /** As it is written. */
  readonly value: string;
  readonly host: string;
  /** @default - a Service is meant, on whichever of its ports */
  readonly port?: number;
  /** Whether a server is told to listen there. */
  readonly listens: boolean;
}

const url =
  /\b(?<scheme>[a-z][a-z0-9+]*):\/\/(?:[^\s/@]+@)?(?<host>\[[^\]\s]+\]|[^\s/:?#"'`,;)}\\]+)(?::(?<port>\d+))?/g;
const hostAndPort = /^(?:--?[\w.-]+=)?(?<host>\[[^\]]*\]|[\w.$()-]*):(?<port>\d{1,5})$/;
const service =
  /(?<![\w.-])(?:[a-z0-9-]+\.){2,3}svc(?:\.cluster\.local)?(?![\w-])(?::(?<port>\d+))?/g;
const portFlag = /^--?[\w.-]*port=(?<port>\d{1,5})$/;

const defaultPorts: Readonly<Record<string, number>> = { http: 80, https: 443, ws: 80, wss: 443 };

/** Where the pod itself is meant: on all its addresses, or on that which stays inside. */
export const everywhere = ['', '0.0.0.0', '[::]', '::', '$(POD_IP)', '[$(POD_IP)]'];
export const loopback = ['127.0.0.1', 'localhost', '[::1]'];

/** The addresses in a text. */
export const mentionsIn = ({ path, text }: Text): Mention[] => {
  const found: Mention[] = [...text.matchAll(url)].map(({ 0: value, groups = {} }) => ({
    path,
    value,
    host: `${groups.host}`,
    port: Number(groups.port ?? defaultPorts[`${groups.scheme}`]) || undefined,
    listens: false,
  }));
  const rest = text.replace(url, ' ');
  const flag = portFlag.exec(text);
  if (flag) found.push({ path, value: text, host: '', port: Number(flag[1]), listens: true });
  const whole = hostAndPort.exec(rest);
  const { host = '', port } = whole?.groups ?? {};
  if (whole && (host.includes('.') || host.includes('(') || host.startsWith('[') || host === '')) {
    const listens = [...everywhere, ...loopback].includes(host);
    found.push({ path, value: text, host, port: Number(port), listens });
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

/** The texts in a value that was read, each with its path; a `port` is one to listen on. */
export const textsIn = (value: unknown, path: string): Text[] => {
  if (typeof value === 'string') return [{ path, text: value }];
  if (Array.isArray(value))
    return value.flatMap((item, index) => textsIn(item, `${path}[${index}]`));
  return Object.entries(recordOf(value)).flatMap(([key, part]) =>
    key === 'port' && typeof part === 'number'
      ? [{ path: `${path}.${key}`, text: `--port=${part}` }]
      : textsIn(part, path.endsWith(': ') ? `${path}${key}` : `${path}.${key}`),
  );
};
