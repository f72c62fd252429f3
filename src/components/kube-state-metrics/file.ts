import { z } from 'zod';
import { type ConfigFile, yaml } from '../../model/file.js';
import { customResource } from './custom-resource.js';

const schema = z.strictObject({
  kind: z.literal('CustomResourceStateMetrics'),
  spec: z.strictObject({ resources: z.array(customResource).min(1) }),
});

export const configFolder = '/etc/kube-state-metrics';

/** The configuration of metrics about custom resources. */
export const customResources: ConfigFile<z.input<typeof schema>> = {
  path: `${configFolder}/custom-resources.yml`,
  format: yaml,
  schema,
  reload: 'restart',
};
