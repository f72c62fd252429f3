import { withFiles } from '../../model/secret-file.js';
import type { NativeConfig } from './native-config.js';
import type { NativeSettings } from './options.js';
import { type AlertmanagerServers, alertmanagerConfig } from './outside-alertmanagers.js';
import { awsCredentialsFile, type RemoteServer, remoteConfig, remotePartyOf } from './remote.js';

/** The options with native configuration. */
interface NativeOptions {
  readonly config: NativeConfig;
  readonly remoteWrite: readonly RemoteServer[];
  readonly remoteRead: readonly RemoteServer[];
  readonly alertmanagers: readonly AlertmanagerServers[];
}

/** Native configuration as Prometheus reads it. */
export const nativeSettings = (options: NativeOptions): NativeSettings => ({
  sections: withFiles(options.config) as object,
  remoteWrite: options.remoteWrite.map((one) => ({
    party: remotePartyOf(one),
    config: remoteConfig(one),
  })),
  remoteRead: options.remoteRead.map((one) => ({
    party: `${remotePartyOf(one)}-read`,
    config: remoteConfig(one),
  })),
  alertmanagers: options.alertmanagers.map(alertmanagerConfig),
  env: awsCredentialsFile([...options.remoteWrite, ...options.remoteRead]),
});
