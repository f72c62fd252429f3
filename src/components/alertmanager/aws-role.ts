import type { Alerting } from '../../config/alerting.js';
import type { CommonEnvironment } from '../../config/common.js';
import type { ConfigFault } from '../../config/faults.js';
import { internet } from '../../config/internet.js';
import { addressBlock, bareAddress } from '../../config/server.js';
import type { Endpoint } from '../../model/endpoint.js';
import type { FoundFault } from '../../model/fault.js';
import { offer } from '../../model/offer.js';
import type { Party } from '../../model/party.js';
import { type AwsRole, awsLogins, roleSection } from '../aws-role.js';

interface Sns {
  readonly receiver: string;
  readonly sigv4: { readonly region?: string; readonly role_arn?: string };
}

interface Native {
  readonly name: string;
  readonly sns_configs?: readonly { readonly sigv4?: Sns['sigv4'] }[];
}

/** The integrations with Amazon SNS: Alertmanager signs each of their requests. */
const signing = (alerting: Alerting | undefined): Sns[] => {
  const raw = (alerting?.receivers ?? []).filter((one) => one.kind === 'raw');
  const receivers = [
    ...raw.map(({ name, config }) => ({ ...config, name })),
    ...(alerting?.config?.receivers ?? []),
  ] as Native[];
  return receivers.flatMap(({ name, sns_configs = [] }) =>
    sns_configs.map(({ sigv4 = {} }) => ({ receiver: name, sigv4 })),
  );
};

/** Receivers that sign requests without any credentials, and a role that no receiver uses. */
export const snsRoleFaults = (
  alerting: Alerting | undefined,
  role: AwsRole | undefined,
): FoundFault<ConfigFault>[] => {
  const place = { path: 'awsRole' };
  const [first] = signing(alerting);
  if (role) return first ? [] : [{ fault: 'unused-role', place }];
  if (!first) return [];
  const message = `The receiver '${first.receiver}' sends to Amazon SNS, for which Alertmanager signs its requests, and the environment states no role of AWS.`;
  return [{ fault: 'no-aws-credentials', place, message }];
};

/** Where Alertmanager gets the credentials of its role, as outside parties. */
export const snsLogins = (
  { alerting, cluster }: Pick<CommonEnvironment, 'alerting' | 'cluster'>,
  role: AwsRole | undefined,
): Party[] => {
  const servers = signing(alerting).flatMap(({ sigv4 }) =>
    awsLogins(sigv4, { ...(role && { role }), cluster }),
  );
  const hosts = new Map(servers.map((one) => [one.host, one]));
  if (hosts.size === 0) return [];
  const name = 'aws-login';
  const cidrs = [...hosts.keys()].flatMap((host = '') => bareAddress(host) ?? []).map(addressBlock);
  const endpoints = [...hosts.values()].map((server, index): [string, Endpoint] => [
    index === 0 ? 'login' : `login-${index}`,
    {
      ...server,
      workload: bareAddress(server.host ?? '') ? `${name}-address` : name,
      ...(server.scheme === 'https' && { verification: { kind: 'public-ca' } }),
      offers: [offer('notifications')],
    },
  ]);
  return [
    {
      name,
      workloads: {
        [name]: internet,
        ...(cidrs.length > 0 && { [`${name}-address`]: { kind: 'addresses', cidrs } }),
      },
      endpoints: Object.fromEntries(endpoints),
      consumes: [],
    },
  ];
};

/** What AWS needs for the role, for the generated README. */
export const snsRoleSection = (
  alerting: Alerting | undefined,
  role: AwsRole | undefined,
  account: { readonly namespace: string; readonly name: string },
): string[] => {
  if (!role || signing(alerting).length === 0) return [];
  const text = roleSection(role, account, {
    purpose: 'Alertmanager signs requests to Amazon SNS with',
    permissions: 'the permission `sns:Publish`',
  });
  return [`## Role of AWS for Alertmanager\n${text}`];
};
