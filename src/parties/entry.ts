import type { Environment } from '../config/environment.js';
import { optional } from '../model/consumption.js';
import type { PodLocation } from '../model/location.js';
import type { Party } from '../model/party.js';

/** What stands between people and the stack: nothing else outside reaches a page. */
export const entries = ({ exposure }: Environment): Party[] => {
  const { grafana, behindAuthProxy } = exposure ?? {};
  return [
    ...(grafana ? [entry('ingress-controller', grafana.controller, 'public')] : []),
    ...(behindAuthProxy ? [entry('auth-proxy', behindAuthProxy.proxy, 'internal')] : []),
  ];
};

const entry = (
  name: string,
  pods: Omit<PodLocation, 'kind'>,
  variant: 'public' | 'internal',
): Party => ({
  name,
  workloads: { [name]: { kind: 'pods', ...pods } },
  endpoints: {},
  consumes: [optional('web', { variant })],
});
