import type { GrafanaExposure } from '../../config/exposure.js';
import type { Route } from '../../kubernetes/route.js';

/** The route to Grafana from outside the cluster. */
export const grafanaRoute = ({
  host,
  otherHosts,
  metricsPassword: _password,
  probe: _probe,
  controller: _controller,
  serviceAnnotations: _annotations,
  ...way
}: GrafanaExposure): Route => ({ ...way, hosts: [host, ...otherHosts] });
