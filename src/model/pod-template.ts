/** The path from an object of a kind to its pod template; of other kinds undefined. A Pod is its own template. */
export const podTemplatePath = (kind: string): readonly string[] | undefined => paths.get(kind);

const ofWorkload = ['spec', 'template'];

const paths: ReadonlyMap<string, readonly string[]> = new Map([
  ['Deployment', ofWorkload],
  ['StatefulSet', ofWorkload],
  ['DaemonSet', ofWorkload],
  ['ReplicaSet', ofWorkload],
  ['Job', ofWorkload],
  ['CronJob', ['spec', 'jobTemplate', ...ofWorkload]],
  ['Pod', []],
]);
