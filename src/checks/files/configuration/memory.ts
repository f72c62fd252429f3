import type { Program } from '../../../model/program.js';
import type { PlacedContainer } from '../../support/pod/template.js';
import { listOf } from '../../support/untyped.js';
import type { ConfigurationFault } from './faults.js';

/** Go programs that do not know the memory limit of their container. */
export const memoryFaults = (
  { container, path }: PlacedContainer,
  { memoryLimit }: Program,
): ConfigurationFault[] => {
  if (memoryLimit === 'itself') return [];
  if (listOf(container.env).some(({ name, value }) => name === 'GOMEMLIMIT' && value)) return [];
  return [
    {
      path: `${path}.env`,
      fault: 'no-go-memory-limit',
      message: `GOMEMLIMIT of ${container.name} is not set.`,
    },
  ];
};
