import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { engineBinary } from '../engines/installation.js';

/** The output of kubectl, and whether it failed. */
export interface KubectlRun {
  readonly failed: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs kubectl with arguments, and with a text as standard input. */
export type Kubectl = (args: readonly string[], input?: string) => Promise<KubectlRun>;

/** A kubectl that uses only the cluster of a kubeconfig, and has its cache in a folder. */
export const kubectlFor =
  (folder: string, kubeconfig: string): Kubectl =>
  async (args, input) => {
    const path = await engineBinary('kubectl');
    const env = { ...process.env, HOME: folder, KUBECONFIG: kubeconfig };
    return new Promise((done) => {
      const child = execFile(path, args, { env, maxBuffer: 2 ** 27 }, (error, stdout, stderr) =>
        done({ failed: error !== null, stdout, stderr }),
      );
      // It may end before it has read its input; then its own error has the reason.
      child.stdin?.on('error', () => {});
      child.stdin?.end(input ?? '');
    });
  };

/** Writes a kubeconfig, and returns its path. */
export const writeKubeconfig = (
  folder: string,
  { url, certificate }: { url: string; certificate: string },
  token: string,
): string => {
  const path = join(folder, 'kubeconfig');
  const authority = Buffer.from(certificate).toString('base64');
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'live',
    clusters: [{ name: 'live', cluster: { server: url, 'certificate-authority-data': authority } }],
    users: [{ name: 'live', user: { token } }],
    contexts: [{ name: 'live', context: { cluster: 'live', user: 'live' } }],
  };
  writeFileSync(path, JSON.stringify(config));
  return path;
};
