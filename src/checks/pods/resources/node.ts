import { type Connection, connectionsFor } from '../../../model/connection.js';
import { isAt, type PodTemplate } from '../../support/pod/template.js';
import { listOf } from '../../support/untyped.js';
import type { ResourcesFault } from './faults.js';

/** Reports a DaemonSet with metrics about its nodes that does not run on tainted nodes. */
export const nodeFaults = (
  template: PodTemplate,
  connections: readonly Connection[],
): ResourcesFault[] => {
  const { manifest, spec, path } = template;
  const isAboutNode = connectionsFor(connections, 'metrics').some(
    ({ offer, provider }) => offer.about === 'node' && isAt(template, provider.location),
  );
  if (manifest.object.kind !== 'DaemonSet' || !isAboutNode) return [];
  const everywhere = listOf(spec.tolerations).some(
    ({ operator, key, effect }) => operator === 'Exists' && !key && !effect,
  );
  if (everywhere) return [];
  return [
    {
      path: `${path}.tolerations`,
      fault: 'no-tolerations',
    },
  ];
};
