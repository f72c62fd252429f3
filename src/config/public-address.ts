import { isIP } from 'node:net';
import { z } from 'zod';
import { url } from './fields.js';

/** The path below which a server serves all of its pages. */
export const servedPath = z
  .string({ error: "a path such as '/grafana', without a slash at its end" })
  .regex(/^(\/[A-Za-z0-9._~-]+)+$/)
  .refine((path) => !path.split('/').some((part) => /^\.+$/.test(part)));

const hostPattern =
  /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

const isHost = (name: string): boolean => {
  if (isIP(name.replace(/^\[(.*)\]$/, '$1')) === 0) return hostPattern.test(name);
  return name !== '0.0.0.0' && name !== '[::]';
};

const parsed = (value: unknown): URL | undefined =>
  typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;

/** A URL that users open; the path is that of the server's pages. */
export const outsideUrl = url
  .refine((value) => isHost(parsed(value)?.hostname ?? 'unknown'), {
    error: "a URL with the name of a host that users can open, such as 'https://ops.example.com'",
  })
  .refine((value) => `${parsed(value)?.search ?? ''}${parsed(value)?.hash ?? ''}` === '', {
    error: 'a URL without a query and without a fragment: paths are appended to it',
  })
  .refine((value) => servedPath.optional().safeParse(pathIn(value) || undefined).success, {
    error: 'a URL whose path has only letters, digits and ._~- between its slashes',
  });

/** The path of a URL, without a slash at its end; empty for the root. */
export const pathIn = (value: string): string => (parsed(value)?.pathname ?? '').replace(/\/$/, '');

const names = ['prometheus', 'alertmanager', 'jaeger'] as const;

interface ServedUrls {
  readonly prometheus?: string;
  readonly alertmanager?: string;
  readonly jaeger?: string;
  readonly path?: 'kept' | 'removed';
}

/** The hosts of the URLs at which a proxy serves components. */
export const hostsOf = (urls: ServedUrls): string[] => [
  ...new Set(names.flatMap((name) => parsed(urls[name])?.hostname ?? [])),
];

/** The path below which a component serves its own pages: that of its URL, unless the proxy removes it. */
export const prefixOf = (
  component: (typeof names)[number],
  urls: ServedUrls | undefined,
): string | undefined => {
  const address = urls?.[component];
  if (address === undefined || urls?.path === 'removed') return undefined;
  return pathIn(address) || undefined;
};

type Unchecked = Readonly<Record<string, unknown>>;

const service = /^[^.]+\.([^.]+)\.svc(?:\.cluster\.local)?$/;

/** Faults of URLs that the proxy cannot serve. */
export const proxyRules = (value: Unchecked, { addIssue }: z.RefinementCtx): void => {
  const proxy = Object(value.proxy) as Unchecked;
  const fault = (path: string[], message: string): void =>
    addIssue({ code: 'custom', path, message, input: value[path[0]!] });
  for (const name of names) {
    const address = parsed(value[name]);
    const [, namespace] = service.exec(address?.hostname ?? '') ?? [];
    if (namespace === undefined || namespace === proxy.namespace) continue;
    fault(
      [name],
      `the URL at which the proxy serves it: this is a Service of the namespace ${namespace}, and the proxy is ${
        typeof proxy.namespace === 'string' ? `in ${proxy.namespace}` : 'outside the cluster'
      }`,
    );
  }
  if (value.path === 'removed' && typeof value.jaeger === 'string' && pathIn(value.jaeger) !== '') {
    fault(
      ['jaeger'],
      "the root of a host such as 'https://jaeger.example.com/', or set path to 'kept': its web interface loads its files from its own path",
    );
  }
};

/** Reports two components at the same URL. */
export const uniqueAddresses = (value: Unchecked, { addIssue }: z.RefinementCtx): void => {
  const grafana = Object(value.grafana) as Unchecked;
  const proxied = Object(value.behindAuthProxy) as Unchecked;
  const taken = new Map<string, string>();
  if (typeof grafana.host === 'string') {
    taken.set(`${grafana.host}${typeof grafana.path === 'string' ? grafana.path : ''}`, 'grafana');
  }
  for (const name of names) {
    const address = parsed(proxied[name]);
    if (!address) continue;
    const key = `${address.host}${pathIn(address.href)}`;
    const first = taken.get(key) ?? name;
    taken.set(key, first);
    if (first === name) continue;
    addIssue({
      code: 'custom',
      path: ['behindAuthProxy', name],
      message: `a URL that differs in its host or in its path: ${first} is at this one`,
      input: proxied[name],
    });
  }
};
