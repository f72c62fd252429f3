import { trustEnvironment } from '../../model/trust.js';
import type { Outgoing } from '../../model/wiring.js';
import type { GrafanaOptions } from './options.js';

/**
 * The variables of Go's HTTP client for the proxy and for certificate authorities:
 * https://pkg.go.dev/net/http#ProxyFromEnvironment
 */
export const outgoingEnvironment = (
  { proxy, certificateAuthority }: Pick<GrafanaOptions, 'proxy' | 'certificateAuthority'>,
  outgoing: readonly Outgoing[],
): Readonly<Record<string, string>> => ({
  ...(proxy && {
    HTTP_PROXY: proxy.url,
    HTTPS_PROXY: proxy.url,
    NO_PROXY: [
      'localhost',
      '127.0.0.1',
      ...directHosts(outgoing, new URL(proxy.url).hostname),
    ].join(','),
  }),
  ...trustEnvironment(certificateAuthority),
});

/** The hosts of declared connections, which the policies allow directly; those of Services by their suffix. */
const directHosts = (outgoing: readonly Outgoing[], proxyHost: string): string[] => [
  '.svc',
  '.cluster.local',
  ...new Set(
    outgoing.flatMap(({ url }) => {
      const host = url === undefined || !URL.canParse(url) ? '' : new URL(url).hostname;
      return host === '' || host === proxyHost || /\.(?:svc|cluster\.local)$/.test(host)
        ? []
        : [host];
    }),
  ),
];
