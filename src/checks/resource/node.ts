import { type Connection, connectionsFor } from '../../model/connection.js';
import type { Fault } from '../pod/fault.js';
import { isAt, type PodTemplate } from '../pod/template.js';
import { listOf } from '../reference/lenient.js';

/** Whether pods that tell of their nodes stay away from those that are tainted. */
export const nodeFaults = (template: PodTemplate, connections: readonly Connection[]): Fault[] => {
  const { manifest, spec, path } = template;
  const tells = connectionsFor(connections, 'metrics').some(
    ({ offer, provider }) => offer.about === 'node' && isAt(template, provider.location),
  );
  if (manifest.object.kind !== 'DaemonSet' || !tells) return [];
  const everywhere = listOf(spec.tolerations).some(
    ({ operator, key, effect }) => operator === 'Exists' && !key && !effect,
  );
  if (everywhere) return [];
  return [
    {
      path: `${path}.tolerations`,
      message: 'The pods stay away from nodes with a taint.',
      why: 'Nothing is told of these then: of the control plane, and of a node that is in a bad way.',
      remedy: 'Tolerate everything: operator Exists, without a key and an effect.',
    },
  ];
};
