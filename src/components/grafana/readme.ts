import { identityOf } from '../../model/identity.js';
import type { ReadmeFacts } from '../../model/party.js';
import type { GrafanaOptions } from './options.js';

/** The URL of Grafana, and the command that prints its password if it creates one. */
export const readmeFacts = ({
  exposure,
  names,
  credentialsSecret,
}: GrafanaOptions): ReadmeFacts => ({
  page: { endpoint: 'web', ...(exposure && { url: `https://${exposure.host}/` }) },
  sections: names && credentialsSecret === undefined ? [password(names)] : [],
});

const password = (names: NonNullable<GrafanaOptions['names']>): string => {
  const { name, namespace } = identityOf(names, 'grafana', 'grafana', { namespace: 'stack' });
  return `## Grafana's password
Grafana created it at its first start. It is on the volume:

\`\`\`sh
kubectl -n ${namespace} exec ${name}-0 -c grafana -- cat /var/lib/grafana/credentials/admin-password
\`\`\``;
};
