import { titleOf } from '../../../model/manifest.js';
import { loopback } from '../../support/mention.js';
import { listOf } from '../../support/untyped.js';
import type { Result } from './faults.js';
import type { Place } from './place.js';
import { declaredPorts } from './resolve.js';

/**
 * Container ports that no argument, variable or file of the pod contains, if other ports are
 * configured. If nothing configures a listener, the ports are those of the image, which synth does
 * not know.
 */
export const unconfigured = ({ template, texts, addresses }: Place): Result[] => {
  const { object, construct } = template.manifest;
  const listeners = addresses
    .filter(({ listens, host }) => listens && !loopback.includes(host))
    .map(({ port = 0 }) => port);
  const declared = declaredPorts(template);
  // A listener on an undeclared port is another error with the same cause.
  if (listeners.length === 0 || !listeners.every((port) => declared.includes(port))) return [];
  return template.containers
    .filter(({ initial }) => !initial)
    .flatMap(({ container, path }) =>
      listOf(container.ports).flatMap(({ name, containerPort }, index) =>
        texts.some((text) => names(text, containerPort))
          ? []
          : [
              {
                place: {
                  object: titleOf(object),
                  construct,
                  path: `${path}.ports[${index}].containerPort`,
                },
                fault: 'not-configured',
                value: `${containerPort}${name === undefined ? '' : ` (${name})`}`,
              },
            ],
      ),
    );
};

const names = (text: string, port: unknown): boolean =>
  new RegExp(`(?<!\\d)${port}(?!\\d)`).test(text);
