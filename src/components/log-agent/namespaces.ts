import { z } from 'zod';
import { dnsLabel } from '../../config/fields.js';
import { podLogs } from './program.js';

const names = z.array(dnsLabel).min(1);

/** The namespaces whose pods are read. */
export const namespaces = z.union(
  [
    z.strictObject({
      /** Only these. */
      only: names,
    }),
    z.strictObject({
      /** All but these. */
      except: names,
    }),
  ],
  { error: 'an object with only or except' },
);

export type Namespaces = z.output<typeof namespaces>;

/** Names of files: the current one, and the last one before, which the kubelet has renamed but not compressed yet. */
const files = ['*.log', '*.log.20*'];
const compressed = ['*.gz', '*.tmp'];

const below = (pods: string, containers: string, all: readonly string[]): string[] =>
  all.map((name) => `${podLogs}/${pods}/${containers}/${name}`);

/** Patterns of paths `namespace_pod_uid/container/restart.log`: those that are read, and those that are not. */
export const filePatterns = (
  chosen: Namespaces | undefined,
  own: { readonly namespace: string; readonly name: string },
): { readonly include: string[]; readonly exclude: string[] } => ({
  include:
    chosen && 'only' in chosen
      ? chosen.only.flatMap((name) => below(`${name}_*`, '*', files))
      : below('*', '*', files),
  exclude: [
    ...below('*', '*', compressed),
    // A line about a line that could not be sent would be read and sent too.
    ...below(`${own.namespace}_${own.name}-*`, '*', ['*']),
    ...(chosen && 'except' in chosen
      ? chosen.except.flatMap((name) => below(`${name}_*`, '*', ['*']))
      : []),
  ],
});
