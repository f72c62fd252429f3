import { z } from 'zod';
import type { ConfigFault } from '../../config/faults.js';
import type { Server } from '../../config/server.js';
import type { FoundFault } from '../../model/fault.js';

const role = z
  .string({ error: "the ARN of a role, such as 'arn:aws:iam::123456789012:role/prometheus'" })
  .regex(/^arn:aws(?:-[a-z-]+)?:iam::\d{12}:role\/[\w+=,.@/-]+$/);

/** The role of AWS as which Prometheus signs requests. */
export const awsRole = z.discriminatedUnion('kind', [
  /** IAM roles for service accounts. */
  z.strictObject({ kind: z.literal('service-account'), arn: role }),
  /** EKS Pod Identity: an association of the service account with a role. */
  z.strictObject({ kind: z.literal('pod-identity') }),
  /** The role of the node. */
  z.strictObject({ kind: z.literal('node') }),
]);

export type AwsRole = z.output<typeof awsRole>;

/**
 * Link-local addresses at which a pod gets the credentials of its role.
 * https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html
 */
const agents = { 'pod-identity': '169.254.170.23', node: '169.254.169.254' } as const;

/** The servers that give credentials to an entry that signs requests and has no credentials file. */
export const awsLogins = (
  { region = '', role_arn: assumed }: { readonly region?: string; readonly role_arn?: string },
  given: AwsRole | undefined,
): readonly Server[] => {
  // https://docs.aws.amazon.com/general/latest/gr/sts.html
  const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  const sts = `sts.${region}.${domain}`.replace('..', '.');
  if (given === undefined || given.kind === 'service-account') {
    return [{ scheme: 'https', host: sts, port: 443 }];
  }
  return [
    { scheme: 'http', host: agents[given.kind], port: 80 },
    ...(assumed === undefined ? [] : [{ scheme: 'https' as const, host: sts, port: 443 }]),
  ];
};

/** https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html */
export const roleAnnotations = (given: AwsRole | undefined): Readonly<Record<string, string>> =>
  given?.kind === 'service-account' ? { 'eks.amazonaws.com/role-arn': given.arn } : {};

/** A remote server, as far as its signature. */
interface Signer {
  readonly sigv4?: object;
  readonly awsCredentials?: object;
}

interface Servers {
  readonly remoteWrite: readonly Signer[];
  readonly remoteRead: readonly object[];
  readonly awsRole?: AwsRole;
}

/** The paths of the entries that sign requests with the role. */
const signing = (options: Servers): string[] =>
  (['remoteWrite', 'remoteRead'] as const).flatMap((option) =>
    options[option].flatMap((one: Signer, index) =>
      one.sigv4 && !one.awsCredentials ? [`${option}[${index}].sigv4`] : [],
    ),
  );

/** Entries that sign requests without any credentials, and a role that no entry uses. */
export const awsRoleFaults = (options: Servers): FoundFault<ConfigFault>[] => {
  const [path] = signing(options);
  if (options.awsRole) {
    return path ? [] : [{ fault: 'unused-role', place: { path: 'awsRole' } }];
  }
  return path ? [{ fault: 'no-aws-credentials', place: { path } }] : [];
};

/** What AWS needs for the role, for the generated README. */
export const awsRoleSection = (
  options: Servers,
  account: { readonly namespace: string; readonly name: string },
): string[] => {
  const { awsRole: given } = options;
  if (!given || signing(options).length === 0) return [];
  const text = {
    'service-account': () =>
      `\`${(given as { arn: string }).arn}\`, which must trust the OpenID Connect provider of the cluster for the service account \`system:serviceaccount:${account.namespace}:${account.name}\``,
    'pod-identity': () =>
      `the role of EKS Pod Identity: the agent runs on the nodes, and \`aws eks create-pod-identity-association --cluster-name … --namespace ${account.namespace} --service-account ${account.name} --role-arn …\` associates it`,
    node: () =>
      'the role of the node; the metadata service must answer pods, with a hop limit of at least 2',
  }[given.kind]();
  return [
    `## Role of AWS\nPrometheus signs requests to remote servers with ${text}. The role needs the permissions of these servers, for Amazon Managed Prometheus \`aps:RemoteWrite\`.`,
  ];
};
