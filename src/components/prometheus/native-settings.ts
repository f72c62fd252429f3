import { withFiles } from '../../model/secret-file.js';
import type { NativeConfig } from './native-config.js';
import type { NativeSettings } from './options.js';
import { type AlertmanagerServers, alertmanagersConfig } from './outside-alertmanagers.js';
import {
  awsCredentialsFile,
  ownReferences,
  type RemoteServer,
  remoteConfig,
  remotePartyOf,
} from './remote.js';

/** The options with native configuration. */
interface NativeOptions {
  readonly config: NativeConfig;
  readonly scrapeConfigs: readonly { readonly config: { readonly job_name: string } }[];
  readonly remoteWrite: readonly RemoteServer[];
  readonly remoteRead: readonly RemoteServer[];
  readonly alertmanagers: readonly AlertmanagerServers[];
}

/** The names of native scrape jobs. */
export const jobNames = (jobs: NativeOptions['scrapeConfigs']): string[] =>
  jobs.map(({ config }) => config.job_name);

/** Native configuration as Prometheus reads it. */
export const nativeSettings = (options: NativeOptions): NativeSettings => ({
  sections: withFiles(options.config) as object,
  remoteWrite: options.remoteWrite.map((one) => ({
    party: remotePartyOf(one, 'write', jobNames(options.scrapeConfigs)),
    config: remoteConfig(one),
  })),
  remoteRead: options.remoteRead.map((one) => ({
    party: remotePartyOf(one, 'read', []),
    config: remoteConfig(one),
  })),
  alertmanagers: alertmanagersConfig(options.alertmanagers),
  readAtStart: [...options.remoteWrite, ...options.remoteRead].flatMap(ownReferences),
  env: awsCredentialsFile([...options.remoteWrite, ...options.remoteRead]),
});
