import { describe, expect, test } from 'vitest';
import { judgedFaults } from '../../src/environment/components.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { validate } from '../../src/environment/validate.js';
import { titleOf } from '../../src/model/manifest.js';
import { readme } from '../../src/output/readme.js';
import { build, minimal, validated } from '../environment.js';

type Options = NonNullable<EnvironmentOptions['prometheus']>;

const arn = 'arn:aws:iam::123456789012:role/prometheus';
const url = 'https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/ws-a/api/v1/remote_write';
const signed = { name: 'amp', url, sigv4: { region: 'eu-west-1' } };
const environment = (prometheus: Options): EnvironmentOptions => ({ ...minimal, prometheus });

const faultsOf = (prometheus: Options) =>
  judgedFaults(validated(environment(prometheus))).map(
    ({ code, severity, place }) => `${severity} ${code} ${place.path}`,
  );

describe('an entry that signs requests', () => {
  test('is a warning without any credentials', () => {
    expect(faultsOf({ remoteWrite: [{ name: 'other', url }, signed] })).toEqual([
      'warning config/no-aws-credentials prometheus.remoteWrite[1].sigv4',
    ]);
  });

  test.each<[string, Options]>([
    ['a role', { awsRole: { kind: 'pod-identity' }, remoteWrite: [signed] }],
    [
      'a credentials file',
      { remoteWrite: [{ ...signed, awsCredentials: { secret: 'aws', key: 'credentials' } }] },
    ],
  ])('is accepted with %s', (_, prometheus) => {
    expect(faultsOf(prometheus)).toEqual([]);
  });

  test('is the only use of the role', () => {
    const awsRole = { kind: 'node' } as const;
    expect(faultsOf({ awsRole, remoteWrite: [{ name: 'a', url }] })).toEqual([
      'warning config/unused-role prometheus.awsRole',
    ]);
  });
});

test.each(['arn:aws-cn:iam::123456789012:role/a', 'arn:aws:iam::123456789012:role/path/to+a@b'])(
  'the role can be %s',
  (one) => {
    const awsRole = { kind: 'service-account', arn: one } as const;
    const options = environment({ awsRole, remoteWrite: [signed] });
    expect(validate(options, 'test', 'environments/test.ts').findings).toEqual([]);
  },
);

describe('the stack', () => {
  const stackOf = (
    awsRole: Options['awsRole'],
    sigv4 = signed.sigv4,
    nodeCidrs: readonly string[] = minimal.cluster.nodeCidrs,
  ) => {
    const stack = build({
      ...environment({ awsRole, remoteWrite: [{ ...signed, sigv4 }] }),
      cluster: { ...minimal.cluster, nodeCidrs: [...nodeCidrs] },
    });
    const policy = stack.manifests.find(
      ({ object }) => titleOf(object) === 'NetworkPolicy crowsnest/crowsnest-prometheus',
    );
    const account = stack.manifests.find(
      ({ object }) => titleOf(object) === 'ServiceAccount crowsnest/crowsnest-prometheus',
    );
    const hosts = stack.connections.map(({ endpoint }) => endpoint.host);
    return { policy: JSON.stringify(policy), account, hosts, text: readme(stack) };
  };

  test('annotates the service account, and states which service account the role must trust', () => {
    const { account, policy, hosts, text } = stackOf({ kind: 'service-account', arn });
    expect(hosts).toContain('sts.eu-west-1.amazonaws.com');
    expect(account?.object.metadata.annotations).toEqual({ 'eks.amazonaws.com/role-arn': arn });
    expect(policy).not.toContain('169.254.170.23/32');
    expect(text).toContain('`system:serviceaccount:crowsnest:crowsnest-prometheus`');
  });

  test('asks the token service of its part of AWS', () => {
    const { hosts } = stackOf({ kind: 'service-account', arn }, { region: 'cn-north-1' });
    expect(hosts).toContain('sts.cn-north-1.amazonaws.com.cn');
  });

  test.each([
    ['pod-identity', '169.254.170.23/32', 'create-pod-identity-association'],
    ['node', '169.254.169.254/32', 'hop limit'],
  ] as const)('with %s opens %s', (kind, address, told) => {
    const { account, policy, hosts, text } = stackOf({ kind });
    expect(policy).toContain(
      JSON.stringify({
        ports: [{ port: 80, protocol: 'TCP' }],
        to: [{ ipBlock: { cidr: address } }],
      }),
    );
    expect(account?.object.metadata.annotations).toBeUndefined();
    expect(text).toContain(told);
    expect(hosts).not.toContain('sts.eu-west-1.amazonaws.com');
    const assumed = stackOf({ kind }, { region: 'eu-west-1', role_arn: arn } as never);
    expect(assumed.hosts).toContain('sts.eu-west-1.amazonaws.com');
  });

  test('asks the agent at its IPv6 address where nodes have such addresses', () => {
    const both = stackOf({ kind: 'pod-identity' }, signed.sigv4, ['10.0.0.0/16', '2001:db8::/64']);
    expect(both.policy).toContain('169.254.170.23/32');
    expect(both.policy).toContain('fd00:ec2::23/128');
    const { policy } = stackOf({ kind: 'node' }, signed.sigv4, ['2001:db8::/64']);
    expect(policy).toContain('fd00:ec2::254/128');
    expect(policy).not.toContain('169.254.169.254');
  });
});

describe('a receiver of Amazon SNS', () => {
  const sns = {
    topic_arn: 'arn:aws:sns:eu-west-1:123456789012:alerts',
    api_url: 'https://sns.eu-west-1.amazonaws.com',
    sigv4: { region: 'eu-west-1' },
  };
  const alerting = {
    receivers: [{ kind: 'raw' as const, name: 'topic', config: { sns_configs: [sns] } }],
    defaultReceiver: 'topic',
  };
  const native = {
    config: {
      route: { receiver: 'topic' },
      receivers: [{ name: 'topic', sns_configs: [sns] }],
    },
  };
  type Role = NonNullable<EnvironmentOptions['alertmanager']>['awsRole'];
  const withRole = (awsRole?: Role, given: EnvironmentOptions['alerting'] = alerting) => ({
    ...minimal,
    alerting: given,
    alertmanager: { awsRole },
  });
  const found = (options: EnvironmentOptions) =>
    judgedFaults(validated(options)).map(
      ({ code, severity, place, message }) => `${severity} ${code} ${place.path}: ${message}`,
    );

  test.each([alerting, native])('is a warning without a role', (given) => {
    expect(found(withRole(undefined, given))).toEqual([
      "warning config/no-aws-credentials alertmanager.awsRole: The receiver 'topic' sends to Amazon SNS, for which Alertmanager signs its requests, and the environment states no role of AWS.",
    ]);
  });

  test('is the only use of the role', () => {
    const role = { kind: 'pod-identity' } as const;
    expect(found(withRole(role))).toEqual([]);
    expect(found(withRole(role, native))).toEqual([]);
    expect(found({ ...minimal, alertmanager: { awsRole: role } })).toEqual([
      expect.stringMatching(/^warning config\/unused-role alertmanager.awsRole: /),
    ]);
  });

  test.each([
    [{ kind: 'service-account', arn } as const, 'sts.eu-west-1.amazonaws.com', undefined],
    [{ kind: 'pod-identity' } as const, '169.254.170.23', '169.254.170.23/32'],
  ])('gets the credentials of %o', (role, host, cidr) => {
    const stack = build(withRole(role));
    const titled = (title: string) =>
      stack.manifests.find(({ object }) => titleOf(object) === title)?.object;
    const login = stack.connections.find(({ endpoint }) => endpoint.host === host);
    expect(login?.consumer.party).toBe('alertmanager');
    const policy = JSON.stringify(titled('NetworkPolicy crowsnest/crowsnest-alertmanager'));
    if (cidr) expect(policy).toContain(cidr);
    expect(titled('ServiceAccount crowsnest/crowsnest-alertmanager')?.metadata.annotations).toEqual(
      role.kind === 'service-account' ? { 'eks.amazonaws.com/role-arn': arn } : undefined,
    );
    expect(readme(stack)).toContain('`sns:Publish`');
  });
});
