import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runSecrets } from '../../src/cli/secrets/run.js';
import { importModule } from '../../src/config/modules.js';
import { repository } from '../output/command.js';
import { temporaryFolder } from '../output/folder.js';
import { type Cluster, startCluster } from './cluster.js';
import { prepare } from './cluster-apply.js';
import { prerequisites } from './cluster-prerequisites.js';
import { environments } from './shipped.js';

let cluster: Cluster;
beforeEach(async () => {
  cluster = await startCluster();
});
afterEach(() => cluster?.stop());

/** What `crowsnest secrets --check` says as the owner of a token. */
const check = async (environment: string, token = 'administrator') => {
  vi.stubEnv('KUBECONFIG', cluster.kubeconfig(temporaryFolder(), token));
  let stdout = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    stdout += text;
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    const complete = await runSecrets(
      { environment: [environment], check: true, json: true },
      {
        shipped: repository,
        load: importModule,
        importPackage: (name: string) => import(name),
        forget: () => undefined,
        version: '0',
      },
    );
    const [{ secrets }] = JSON.parse(stdout);
    return { complete, stdout, states: secrets.map((one: { state: object }) => one.state) };
  } finally {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  }
};

const withSecrets = environments.filter((environment) =>
  prerequisites(environment).some(({ kind }) => kind === 'Secret'),
);

describe.each(withSecrets)('the Secrets of %s', (environment) => {
  it('are missing, complete, empty or unknown as in the cluster, and no value is printed', async () => {
    const missing = await check(environment);
    expect(missing.complete).toBe(false);
    expect(missing.states.every(({ kind }: { kind: string }) => kind === 'missing')).toBe(true);

    await prepare(cluster, environment);
    const complete = await check(environment);
    expect(complete.states).toEqual(missing.states.map(() => ({ kind: 'complete' })));
    expect(complete.complete).toBe(true);
    // The value of every key, as it is and as the API server sends it.
    expect(complete.stdout).not.toContain('placeholder');
    expect(complete.stdout).not.toContain(Buffer.from('placeholder').toString('base64'));

    const [secret] = prerequisites(environment).filter(({ kind }) => kind === 'Secret');
    const { namespace, name = '' } = secret?.metadata ?? {};
    const [key = ''] = Object.keys(Object(secret?.stringData));
    const patch = JSON.stringify({ stringData: { [key]: '' } });
    const { failed, stderr } = await cluster.kubectl([
      ...['-n', `${namespace}`, 'patch', 'secret', name],
      ...['--type=merge', '-p', patch],
    ]);
    expect(failed, stderr).toBe(false);
    const empty = await check(environment);
    expect(empty.complete).toBe(false);
    expect(empty.states).toContainEqual({ kind: 'incomplete', missing: [], empty: [key] });

    await cluster.kubectl(['create', 'serviceaccount', 'nobody']);
    const unknown = await check(environment, await cluster.token('default', 'nobody'));
    expect(unknown.states).toEqual(missing.states.map(() => ({ kind: 'unknown', status: 403 })));
  });
});
