import { type SizeName, scales } from '../config/size.js';
import type { Found } from './found.js';

/** The smallest size for a number of nodes and pods. */
export const proposedSize = (
  nodes: number | undefined,
  pods: number | undefined,
): Found<SizeName> => {
  const names = Object.keys(scales) as SizeName[];
  const value =
    names.find((name) => (nodes ?? 0) <= scales[name].nodes && (pods ?? 0) <= scales[name].pods) ??
    'large';
  const scale = scales[value];
  return {
    value,
    from: `the cluster has ${counted(nodes, 'node')} and ${counted(pods, 'pod')}; this size is for up to ${scale.nodes} and ${scale.pods}`,
  };
};

const counted = (count: number | undefined, noun: string): string =>
  `${count ?? 'an unknown number of'} ${noun}${count === 1 ? '' : 's'}`;

/** A number of pods with room for half as many again, rounded up to tens. */
export const expectedPods = (pods: number): number =>
  Math.max(10, Math.ceil((pods * 1.5) / 10) * 10);
