import { loopback } from '../../support/mention.js';
import { listOf } from '../../support/untyped.js';
import type { Result } from './faults.js';
import type { Place } from './place.js';

/** Ports that a container declares, and on which its process listens only on the loopback address. */
export const loopbackOnly = ({ template, addresses }: Place): Result[] =>
  template.containers.flatMap(({ container, path }) =>
    listOf(container.ports).flatMap(({ containerPort }) => {
      const own = addresses.filter(
        (one) => one.container === path && one.listens && one.port === containerPort,
      );
      if (!own.every(({ host }) => loopback.includes(host))) return [];
      return own.map((one) =>
        one.at({
          path: one.path,
          fault: 'loopback-only',
          message: `The process listens on port ${containerPort} only on the loopback address of its pod.`,
          value: one.value,
          remedy: `Use ':${containerPort}'. Or remove the port from the container if only the pod uses it.`,
        }),
      );
    }),
  );
