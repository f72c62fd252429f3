import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** A login at a registry. */
export interface Login {
  readonly username: string;
  readonly password: string;
  /** Exchanged for a token of the registry, instead of the password. */
  readonly identityToken?: string;
}

/** https://docs.docker.com/reference/cli/docker/#docker-cli-configuration-file-configjson-properties */
interface DockerConfig {
  readonly auths?: Readonly<Record<string, { auth?: string; identitytoken?: string }>>;
  readonly credsStore?: string;
  readonly credHelpers?: Readonly<Record<string, string>>;
}

/** The name that Docker Hub has in the configuration. */
const hub = 'https://index.docker.io/v1/';

/** The login for a registry in the usual configuration of Docker, or of its credential helper. */
export const loginFor = async (registry: string): Promise<Login | undefined> => {
  const folder = process.env.DOCKER_CONFIG || join(homedir(), '.docker');
  const config = read(join(folder, 'config.json'));
  const name = registry === 'docker.io' ? hub : registry;
  const helper = config.credHelpers?.[name] ?? config.credHelpers?.[registry] ?? config.credsStore;
  if (helper) return fromHelper(helper, name);
  const { auths = {} } = config;
  const entry = auths[name] ?? auths[registry] ?? auths[`https://${registry}`];
  if (!entry?.auth && !entry?.identitytoken) return undefined;
  const [username = '', ...rest] = Buffer.from(entry.auth ?? '', 'base64')
    .toString()
    .split(':');
  const identity = entry.identitytoken && { identityToken: entry.identitytoken };
  return { username, password: rest.join(':'), ...identity };
};

const read = (path: string): DockerConfig => {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as DockerConfig;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new Error(`${path} cannot be read as JSON.`);
  }
};

/** https://github.com/docker/docker-credential-helpers#development */
const fromHelper = (name: string, registry: string): Promise<Login | undefined> =>
  new Promise((resolve) => {
    const child = execFile(`docker-credential-${name}`, ['get'], (error, stdout) => {
      // Without a login for this registry, the helper fails; the registry then decides.
      if (error) return resolve(undefined);
      const { Username, Secret } = JSON.parse(stdout) as { Username: string; Secret: string };
      const token = Username === '<token>' && { identityToken: Secret };
      return resolve({ username: Username, password: Secret, ...token });
    });
    child.stdin?.on('error', () => {});
    child.stdin?.end(registry);
  });
