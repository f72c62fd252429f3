import type { Environment, EnvironmentOptions } from '../../src/environment/environment.js';
import { validate } from '../../src/environment/validate.js';
import { minimal } from '../environment.js';

/** A valid environment: the required options with some differences, on any platform. */
export const environmentOf = (
  differences: Partial<EnvironmentOptions> = {},
  cluster: Partial<EnvironmentOptions['cluster']> = {},
): Environment => {
  const options = {
    ...minimal,
    // OpenShift's own node-exporter has the usual port.
    ...(cluster.platform === 'openshift' && { nodeExporter: { port: 9110 } }),
    ...differences,
    cluster: { ...minimal.cluster, storageClass: { name: 'fast', expandable: true }, ...cluster },
  };
  const { environment, findings } = validate(options, 'test', 'environments/test.ts');
  if (!environment) throw new Error(JSON.stringify(findings, null, 2));
  return environment;
};
