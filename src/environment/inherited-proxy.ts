import { serverAt } from '../config/server.js';
import { isPrivate } from '../schema/private-host.js';
import type { Environment } from './environment.js';

/**
 * An environment in which notifications, Grafana, remote write and remote read use its proxy, unless they have their
 * own. Servers with a stated place and private addresses are reached directly.
 */
export const withProxy = (environment: Environment): Environment => {
  const { proxy, alerting, grafana, prometheus } = environment;
  if (!proxy) return environment;
  const { certificateAuthority, ...common } = proxy;
  const server = <T extends object>(one: T): T => {
    const { url, at, proxy_url, proxy_from_environment } = one as Record<string, unknown>;
    const { host } = serverAt(`${url}`);
    const direct = at !== undefined || host === undefined || isPrivate(host);
    return direct || proxy_url || proxy_from_environment
      ? one
      : { ...one, proxy_url: common.url, proxyAt: common.at };
  };
  return {
    ...environment,
    ...(alerting && { alerting: { ...alerting, proxy: alerting.proxy ?? common } }),
    grafana: {
      ...grafana,
      proxy: grafana.proxy ?? common,
      certificateAuthority: grafana.certificateAuthority ?? certificateAuthority,
    },
    prometheus: {
      ...prometheus,
      remoteWrite: prometheus.remoteWrite.map(server),
      remoteRead: prometheus.remoteRead.map(server),
    },
  };
};
