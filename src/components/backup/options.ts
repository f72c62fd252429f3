import type { Resources } from '../../config/size.js';
import type { SecretReference } from '../../model/prerequisite.js';
import type { VolumeCopy } from '../../model/volume-copy.js';
import type { Bucket } from './bucket.js';
import type { Keep } from './script.js';

export interface BackupOptions {
  readonly bucket: Bucket;
  /** Folder in the bucket. */
  readonly prefix: string;
  /** Encrypts the copies. */
  readonly password: SecretReference;
  readonly schedule: string;
  /** When the newest copies are verified. */
  readonly verification: string;
  readonly keep: Keep;
  readonly copies: readonly VolumeCopy[];
  /** Resources of each run. */
  readonly resources: Resources;
  readonly names: { readonly stack: string; readonly namespace: string };
}
