import { z } from 'zod';
import type { SecretReference } from '../model/prerequisite.js';
import { secretReference } from './fields.js';

/** The name of a bucket: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export const bucketName = (example: string) =>
  z
    .string({
      error: `the name of a bucket such as '${example}': 3 to 63 lower-case letters and digits, with dashes and dots between them`,
    })
    .regex(/^(?!\d+(\.\d+){3}$)[a-z0-9](?:[a-z0-9]|[-.](?=[a-z0-9-])){1,61}[a-z0-9]$/);

/** The region of a bucket. */
export const region = z
  .string({ error: "a region such as 'eu-central-1'" })
  .regex(/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/);

/** An access key from Secrets, which signs requests. */
export const accessKey = z.strictObject({
  kind: z.literal('keys'),
  accessKeyId: secretReference,
  secretAccessKey: secretReference,
});

/** An access key from Secrets. */
export interface AccessKey {
  readonly kind: 'keys';
  readonly accessKeyId: SecretReference;
  readonly secretAccessKey: SecretReference;
}

/** The variables from which clients of S3 read an access key. */
export const accessKeyVariables = ({
  accessKeyId,
  secretAccessKey,
}: AccessKey): Readonly<Record<string, SecretReference>> => ({
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: secretAccessKey,
});

/** Whether a host is one of AWS, which requires the region of the bucket. */
export const isOfAws = (host: string): boolean => /(^|\.)amazonaws\.com(\.cn)?$/.test(host);
