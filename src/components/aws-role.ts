import { z } from 'zod';
import type { CommonEnvironment } from '../config/common.js';
import type { Server } from '../config/server.js';

const roleArn = z
  .string({ error: "the ARN of a role, such as 'arn:aws:iam::123456789012:role/prometheus'" })
  .regex(/^arn:aws(?:-[a-z-]+)?:iam::\d{12}:role\/[\w+=,.@/-]+$/);

/** The role of AWS as which a component signs requests. */
export const awsRole = z.discriminatedUnion('kind', [
  /** IAM roles for service accounts. */
  z.strictObject({ kind: z.literal('service-account'), arn: roleArn }),
  /** EKS Pod Identity: an association of the service account with a role. */
  z.strictObject({ kind: z.literal('pod-identity') }),
  /** The role of the node. */
  z.strictObject({ kind: z.literal('node') }),
]);

export type AwsRole = z.output<typeof awsRole>;

/**
 * Link-local addresses at which a pod gets the credentials of its role, by the address family of the cluster.
 * https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html
 */
const agents = {
  'pod-identity': { ipv4: '169.254.170.23', ipv6: '[fd00:ec2::23]' },
  node: { ipv4: '169.254.169.254', ipv6: '[fd00:ec2::254]' },
} as const;

/** What decides where a client gets credentials. */
export interface AwsSetting {
  readonly role?: AwsRole;
  readonly cluster: Pick<CommonEnvironment['cluster'], 'nodeCidrs'>;
}

/** The servers that give credentials to a client that signs requests and has no credentials file. */
export const awsLogins = (
  { region = '', role_arn: assumed }: { readonly region?: string; readonly role_arn?: string },
  { role: given, cluster: { nodeCidrs } }: AwsSetting,
): readonly Server[] => {
  // https://docs.aws.amazon.com/general/latest/gr/sts.html
  const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  const sts = `sts.${region}.${domain}`.replace('..', '.');
  if (given === undefined || given.kind === 'service-account') {
    return [{ scheme: 'https', host: sts, port: 443 }];
  }
  const { ipv4, ipv6 } = agents[given.kind];
  // A node can have addresses of both families.
  const isSix = (cidr: string): boolean => cidr.includes(':');
  const hosts = [
    ...(nodeCidrs.every(isSix) ? [] : [ipv4]),
    ...(nodeCidrs.some(isSix) ? [ipv6] : []),
  ];
  return [
    ...hosts.map((host): Server => ({ scheme: 'http', host, port: 80 })),
    ...(assumed === undefined ? [] : [{ scheme: 'https' as const, host: sts, port: 443 }]),
  ];
};

/** https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html */
export const roleAnnotations = (given: AwsRole | undefined): Readonly<Record<string, string>> =>
  given?.kind === 'service-account' ? { 'eks.amazonaws.com/role-arn': given.arn } : {};

/** What AWS needs for the role, for the generated README; `purpose` is a sentence up to the role. */
export const roleSection = (
  given: AwsRole,
  account: { readonly namespace: string; readonly name: string },
  { purpose, permissions }: { readonly purpose: string; readonly permissions: string },
): string => {
  const text = {
    'service-account': () =>
      `\`${(given as { arn: string }).arn}\`, which must trust the OpenID Connect provider of the cluster for the service account \`system:serviceaccount:${account.namespace}:${account.name}\``,
    'pod-identity': () =>
      `the role of EKS Pod Identity: the agent runs on the nodes, and \`aws eks create-pod-identity-association --cluster-name … --namespace ${account.namespace} --service-account ${account.name} --role-arn …\` associates it`,
    node: () =>
      'the role of the node; the metadata service must answer pods, with a hop limit of at least 2',
  }[given.kind]();
  return `${purpose} ${text}. The role needs ${permissions}.`;
};
