import { describe, expect, test } from 'vitest';
import { validate } from '../../src/environment/validate.js';
import { capabilities } from '../../src/model/capability.js';
import { remedyFor } from '../../src/schema/allowed.js';
import { minimal } from '../environment.js';
import { alone, keysOf, objectsIn, put } from './place.js';
import { valid } from './valid.js';

const findingsOf = (options: unknown): string[] =>
  validate(options, 'test', 'environments/test.ts').findings.map(
    ({ code, place, remedy, suggestion }) =>
      [`${place.path}: ${code}`, remedy, ...(suggestion ? [`(${suggestion}?)`] : [])].join(' '),
  );

const found = (path: string, value: unknown): string[] => {
  const keys = keysOf(path);
  return findingsOf(put(alone(valid, keys), keys, value));
};

describe('a missing option', () => {
  const { parties, components, ...own } = valid;
  const paths = objectsIn(own).flatMap(({ path, object }) =>
    Object.keys(object).map((key) => (path ? `${path}.${key}` : key)),
  );

  test('is reported if it is required, with its allowed values', () => {
    const missing = paths.flatMap((path) => found(path, undefined));
    expect(
      missing.map((line) => line.replace('config/missing-option Set it to ', '')),
    ).toMatchInlineSnapshot(`
      [
        "stage: 'development', 'staging' or 'production'.",
        "cluster: an object with name, platform, nodeCidrs and apiServer.",
        "size: 'small', 'medium' or 'large'.",
        "cluster.name: a string of 1 to 63 characters.",
        "cluster.platform: 'kubeadm', 'kind', 'k3s', 'eks', 'eks-fargate', 'gke', 'gke-autopilot', 'minikube', 'rke2', 'talos', 'openshift', 'aks' or 'generic'.",
        "cluster.nodeCidrs: a list, each item a block of addresses such as '10.0.0.0/16', but not all addresses ('/0').",
        "cluster.apiServer: an object with serviceAddress and endpointCidrs.",
        "cluster.apiServer.serviceAddress: an IP address such as '10.96.0.1'.",
        "cluster.apiServer.endpointCidrs: a list, each item a block of addresses such as '10.0.0.0/16', but not all addresses ('/0').",
        "cluster.dns.pods.namespace: a name of at most 63 lower-case letters and digits, with dashes between them.",
        "cluster.dns.pods.labels: an object.",
        "cluster.dns.pods.labels.app: a string of at most 63 letters and digits, with -, _ and . between them.",
        "cluster.kubelet.kind: 'cluster-ca' or 'unverified'.",
        "cluster.kubelet.reason: a string of at least 10 characters.",
        "cluster.storageClass.name: a name of lower-case letters and digits, with dashes and dots between them.",
        "cluster.storageClass.expandable: true or false.",
        "proxy.url: a URL that starts with 'http://' or 'https://'.",
        "proxy.at: an object whose kind is 'addresses' or 'pods'.",
        "proxy.at.kind: 'addresses' or 'pods'.",
        "proxy.at.cidrs: a list, each item a block of addresses such as '10.0.0.0/16', but not all addresses ('/0').",
        "proxy.certificateAuthority.configMap: a name of lower-case letters and digits, with dashes and dots between them.",
        "proxy.certificateAuthority.key: a key of letters, digits, dots, dashes and underscores.",
        "prometheus.keep.kubelet: 'all', 'used' or an object with also.",
        "prometheus.keep.kubelet.also: a list, each item a pattern of metric names such as 'apiserver_audit_.*'.",
        "prometheus.awsRole.kind: 'service-account', 'pod-identity' or 'node'.",
        "prometheus.awsRole.arn: the ARN of a role, such as 'arn:aws:iam::123456789012:role/prometheus'.",
        "prometheus.remoteWrite[0].url: a URL that starts with 'http://' or 'https://'.",
        "prometheus.remoteWrite[0].authentication.kind: 'bearer' or 'basic'.",
        "prometheus.remoteWrite[0].authentication.token: an object with secret and key.",
        "prometheus.remoteWrite[0].authentication.token.secret: a name of lower-case letters and digits, with dashes and dots between them.",
        "prometheus.remoteWrite[0].authentication.token.key: a key of letters, digits, dots, dashes and underscores.",
        "prometheus.remoteWrite[0].at.kind: 'addresses' or 'pods'.",
        "prometheus.remoteWrite[0].at.cidrs: a list, each item a block of addresses such as '10.0.0.0/16', but not all addresses ('/0').",
        "prometheus.remoteWrite[1].url: a URL that starts with 'http://' or 'https://'.",
        "prometheus.remoteWrite[1].at: where receiver.thanos is: { kind: 'pods', namespace, labels } or { kind: 'addresses', cidrs }.",
        "prometheus.remoteWrite[1].authentication.kind: 'bearer' or 'basic'.",
        "prometheus.remoteWrite[1].authentication.username: a string that is not empty.",
        "prometheus.remoteWrite[1].authentication.password: an object with secret and key.",
        "prometheus.remoteWrite[1].authentication.password.secret: a name of lower-case letters and digits, with dashes and dots between them.",
        "prometheus.remoteWrite[1].authentication.password.key: a key of letters, digits, dots, dashes and underscores.",
        "prometheus.remoteWrite[1].at.kind: 'addresses' or 'pods'.",
        "prometheus.remoteWrite[1].at.namespace: a name of at most 63 lower-case letters and digits, with dashes between them.",
        "prometheus.remoteWrite[1].at.labels: an object.",
        "prometheus.remoteWrite[1].at.labels.app: a string of at most 63 letters and digits, with -, _ and . between them.",
        "prometheus.remoteRead[0].url: a URL that starts with 'http://' or 'https://'.",
        "prometheus.alertmanagers[0].static_configs: a list of targets, or their names in dns_sd_configs.",
        "prometheus.scrapeConfigs[0].ports: the ports in the SRV records, such as [9100].",
        "prometheus.scrapeConfigs[0].config: an object with job_name.",
        "prometheus.scrapeConfigs[0].at.kind: 'addresses' or 'pods'.",
        "prometheus.scrapeConfigs[0].at.cidrs: a list, each item a block of addresses such as '10.0.0.0/16', but not all addresses ('/0').",
        "prometheus.scrapeConfigs[0].loginAt.kind: 'addresses' or 'pods'.",
        "prometheus.scrapeConfigs[0].loginAt.namespace: a name of at most 63 lower-case letters and digits, with dashes between them.",
        "prometheus.scrapeConfigs[0].loginAt.labels: an object.",
        "prometheus.scrapeConfigs[0].loginAt.labels.app: a string of at most 63 letters and digits, with -, _ and . between them.",
        "prometheus.scrapeConfigs[0].proxyAt.kind: 'addresses' or 'pods'.",
        "prometheus.scrapeConfigs[0].proxyAt.namespace: a name of at most 63 lower-case letters and digits, with dashes between them.",
        "prometheus.scrapeConfigs[0].proxyAt.labels: an object.",
        "prometheus.scrapeConfigs[0].proxyAt.labels.app: a string of at most 63 letters and digits, with -, _ and . between them.",
        "prometheus.scrapeConfigs[0].config.job_name: a name with a letter or a digit.",
        "prometheus.scrapeConfigs[0].proxyAt: config/invalid-value Remove it: there is no proxy_url.",
        "prometheus.scrapeConfigs[0].ports: config/invalid-value Remove it: no dns_sd_configs reads SRV records.",
        "prometheus.scrapeConfigs[0].config.dns_sd_configs[0].names: a list, each item a host name such as 'db.example.com'.",
        "prometheus.scrapeConfigs[1].at: where appliance.shop.svc is: { kind: 'pods', namespace, labels } or { kind: 'addresses', cidrs }.",
        "prometheus.scrapeConfigs[1].unverified: the reason why the certificate cannot be verified.",
        "prometheus.scrapeConfigs[1].config: an object with job_name.",
        "prometheus.scrapeConfigs[1].at.kind: 'addresses' or 'pods'.",
        "prometheus.scrapeConfigs[1].at.namespace: a name of at most 63 lower-case letters and digits, with dashes between them.",
        "prometheus.scrapeConfigs[1].at.labels: an object.",
        "prometheus.scrapeConfigs[1].at.labels.app: a string of at most 63 letters and digits, with -, _ and . between them.",
        "prometheus.scrapeConfigs[1].config.job_name: a name with a letter or a digit.",
        "prometheus.scrapeConfigs[1].unverified: config/invalid-value Remove it: tls_config has no insecure_skip_verify.",
        "prometheus.scrapeConfigs[1].config.static_configs: a list of targets, or their names in dns_sd_configs.",
        "prometheus.scrapeConfigs[1].unverified: config/invalid-value Remove it: tls_config has no insecure_skip_verify.",
        "prometheus.scrapeConfigs[1].config.static_configs: config/invalid-value Set it to a list of targets, or their names in dns_sd_configs.",
        "kubeStateMetrics.labels.pods: a list of names: each becomes a label of the series.",
        "kubeStateMetrics.annotations.pods: a list of names: each becomes a label of the series.",
        "blackboxExporter.probes[1].module: config/invalid-value Set it to the name of a module in modules (none yet).",
        "blackboxExporter.probes[0].url: the URL of a page, or set target and module: { target: 'host:port', module }.",
        "blackboxExporter.probes[0].at.kind: 'addresses' or 'pods'.",
        "blackboxExporter.probes[0].at.cidrs: a list, each item a block of addresses such as '10.0.0.0/16', but not all addresses ('/0').",
        "blackboxExporter.probes[1].url: the URL of a page, or set target and module: { target: 'host:port', module }.",
        "blackboxExporter.probes[1].module: the name of a module in modules.",
        "blackboxExporter.modules.tcp: an object whose prober is 'tcp', 'dns', 'grpc' or 'icmp'.",
        "blackboxExporter.modules.tcp.prober: 'tcp', 'dns', 'grpc' or 'icmp'. For pages over HTTP, use the option probes with a URL.",
        "grafana.settingsAt.smtp: config/invalid-value Remove it: no setting of this section has a server.",
        "grafana.settingsAt.smtp: where mail.shop.svc is: { kind: 'pods', namespace, labels } or { kind: 'addresses', cidrs }.",
        "grafana.credentials.secret: a name of lower-case letters and digits, with dashes and dots between them.",
        "grafana.oidc.name: a text of one line that is not empty.",
        "grafana.oidc.clientId: a text of one line that is not empty.",
        "grafana.oidc.clientSecret: an object with secret and key.",
        "grafana.oidc.authorizationUrl: a URL that starts with 'https://'.",
        "grafana.oidc.tokenUrl: a URL that starts with 'https://'.",
        "grafana.oidc.userInfoUrl: a URL that starts with 'https://'.",
        "grafana.oidc.rolePath: a JMESPath expression that returns Admin, Editor or Viewer, such as "contains(groups, 'ops') && 'Admin' || 'Viewer'".",
        "grafana.oidc.clientSecret.secret: a name of lower-case letters and digits, with dashes and dots between them.",
        "grafana.oidc.clientSecret.key: a key of letters, digits, dots, dashes and underscores.",
        "grafana.oidc.at.kind: 'addresses' or 'pods'.",
        "grafana.oidc.at.cidrs: a list, each item a block of addresses such as '10.0.0.0/16', but not all addresses ('/0').",
        "grafana.plugins.ids: a list, each item the id of a plugin such as 'grafana-clickhouse-datasource'.",
        "grafana.plugins.folder: an absolute path outside /var/lib/grafana.",
        "grafana.ldap.config: an object with secret and key.",
        "grafana.ldap.servers: a list, each item an object with host.",
        "grafana.ldap.config.secret: a name of lower-case letters and digits, with dashes and dots between them.",
        "grafana.ldap.config.key: a key of letters, digits, dots, dashes and underscores.",
        "grafana.ldap.servers[0].host: a host name such as 'grafana.example.com'.",
        "grafana.ldap.servers[0].at.kind: 'addresses' or 'pods'.",
        "grafana.ldap.servers[0].at.cidrs: a list, each item a block of addresses such as '10.0.0.0/16', but not all addresses ('/0').",
        "grafana.proxy.url: a URL that starts with 'http://' or 'https://'.",
        "grafana.proxy.at: an object whose kind is 'addresses' or 'pods'.",
        "grafana.proxy.at.kind: 'addresses' or 'pods'.",
        "grafana.proxy.at.cidrs: a list, each item a block of addresses such as '10.0.0.0/16', but not all addresses ('/0').",
        "grafana.certificateAuthority.secret: a name of lower-case letters and digits, with dashes and dots between them.",
        "grafana.certificateAuthority.key: a key of letters, digits, dots, dashes and underscores.",
        "grafana.settings.smtp: an object.",
        "grafana.settings.users: an object.",
        "grafana.settings.smtp.enabled: a text of one line, a number, true or false or an object with secret and key.",
        "grafana.settings.smtp.host: a text of one line, a number, true or false or an object with secret and key.",
        "grafana.settings.smtp.password: a text of one line, a number, true or false or an object with secret and key.",
        "grafana.settings.smtp.password.secret: a name of lower-case letters and digits, with dashes and dots between them.",
        "grafana.settings.smtp.password.key: a key of letters, digits, dots, dashes and underscores.",
        "grafana.settings.users.default_theme: a text of one line, a number, true or false or an object with secret and key.",
        "grafana.settingsAt.smtp: an object whose kind is 'addresses' or 'pods'.",
        "grafana.settingsAt.smtp.kind: 'addresses' or 'pods'.",
        "grafana.settingsAt.smtp.namespace: a name of at most 63 lower-case letters and digits, with dashes between them.",
        "grafana.settingsAt.smtp.labels: an object.",
        "grafana.settingsAt.smtp.labels.app: a string of at most 63 letters and digits, with -, _ and . between them.",
        "grafana.database.host: a host name such as 'grafana.example.com'.",
        "grafana.database.name: a text of one line that is not empty.",
        "grafana.database.user: a text of one line that is not empty.",
        "grafana.database.password: an object with secret and key.",
        "grafana.database.certificateAuthority: an object with secret and key.",
        "grafana.database.at: an object whose kind is 'addresses' or 'pods'.",
        "grafana.database.password.secret: a name of lower-case letters and digits, with dashes and dots between them.",
        "grafana.database.password.key: a key of letters, digits, dots, dashes and underscores.",
        "grafana.database.certificateAuthority.secret: a name of lower-case letters and digits, with dashes and dots between them.",
        "grafana.database.certificateAuthority.key: a key of letters, digits, dots, dashes and underscores.",
        "grafana.database.at.kind: 'addresses' or 'pods'.",
        "grafana.database.at.namespace: a name of at most 63 lower-case letters and digits, with dashes between them.",
        "grafana.database.at.labels: an object.",
        "grafana.database.at.labels.app: a string of at most 63 letters and digits, with -, _ and . between them.",
        "alertmanager.awsRole.kind: 'service-account', 'pod-identity' or 'node'.",
        "alertmanager.awsRole.arn: the ARN of a role, such as 'arn:aws:iam::123456789012:role/prometheus'.",
        "jaeger.sampling.services.checkout: a ratio from 0 to 1.",
        "nodeAgents.kind: 'deployed' or 'none'.",
        "nodeAgents.reason: a string of at least 10 characters.",
        "cadvisor.runtime.kind: 'containerd' or 'docker'.",
        "alerting.defaultReceiver: config/invalid-value Set it to 'bot' or 'nobody'.",
        "alerting.routes[0].receiver: config/invalid-value Set it to 'bot' or 'nobody'.",
        "alerting.routes[0].routes[0].receiver: config/invalid-value Set it to 'bot' or 'nobody'.",
        "alerting.servers[0].host: config/invalid-value Set it to 'proxy.example.com'.",
        "alerting.defaultReceiver: the name of one of the receivers, or set config.route.",
        "alerting.routes[0].muteTimeIntervals[0]: config/invalid-value Set it to the name of an interval in alerting.config.time_intervals, which has none.",
        "alerting.routes[0].activeTimeIntervals[0]: config/invalid-value Set it to the name of an interval in alerting.config.time_intervals, which has none.",
        "alerting.servers[1].url: config/invalid-value Set it to the Secret with the URL of a receiver.",
        "alerting.receivers[0].kind: 'webhook', 'slack', 'msteams', 'pagerduty', 'email' or 'raw'.",
        "alerting.receivers[0].name: a text of one line that is not empty.",
        "alerting.receivers[0].url: { secret, key }. For a URL without a secret, such as that of a Service, use kind: 'raw', with config: { webhook_configs: [{ url }] }.",
        "alerting.receivers[0].url.secret: a name of lower-case letters and digits, with dashes and dots between them.",
        "alerting.receivers[0].url.key: a key of letters, digits, dots, dashes and underscores.",
        "alerting.receivers[0].at.kind: 'addresses' or 'pods'.",
        "alerting.receivers[0].at.namespace: a name of at most 63 lower-case letters and digits, with dashes between them.",
        "alerting.receivers[0].at.labels: an object.",
        "alerting.receivers[0].at.labels.app: a string of at most 63 letters and digits, with -, _ and . between them.",
        "alerting.receivers[1].kind: 'webhook', 'slack', 'msteams', 'pagerduty', 'email' or 'raw'.",
        "alerting.receivers[1].name: a text of one line that is not empty.",
        "alerting.defaultReceiver: config/invalid-value Set it to 'hook', 'teams', 'on-call', 'mail', 'chat', 'bot' or 'nobody'.",
        "alerting.receivers[1].url: an object with secret and key.",
        "alerting.receivers[1].url.secret: a name of lower-case letters and digits, with dashes and dots between them.",
        "alerting.receivers[1].url.key: a key of letters, digits, dots, dashes and underscores.",
        "alerting.receivers[1].at.kind: 'addresses' or 'pods'.",
        "alerting.receivers[1].at.cidrs: a list, each item a block of addresses such as '10.0.0.0/16', but not all addresses ('/0').",
        "alerting.receivers[2].kind: 'webhook', 'slack', 'msteams', 'pagerduty', 'email' or 'raw'.",
        "alerting.receivers[2].name: a text of one line that is not empty.",
        "alerting.receivers[2].url: an object with secret and key.",
        "alerting.receivers[2].url.secret: a name of lower-case letters and digits, with dashes and dots between them.",
        "alerting.receivers[2].url.key: a key of letters, digits, dots, dashes and underscores.",
        "alerting.receivers[3].kind: 'webhook', 'slack', 'msteams', 'pagerduty', 'email' or 'raw'.",
        "alerting.receivers[3].name: a text of one line that is not empty.",
        "alerting.routes[0].receiver: config/invalid-value Set it to 'hook', 'channel', 'teams', 'mail', 'chat', 'bot' or 'nobody'.",
        "alerting.receivers[3].routingKey: an object with secret and key.",
        "alerting.receivers[3].routingKey.secret: a name of lower-case letters and digits, with dashes and dots between them.",
        "alerting.receivers[3].routingKey.key: a key of letters, digits, dots, dashes and underscores.",
        "alerting.receivers[4].kind: 'webhook', 'slack', 'msteams', 'pagerduty', 'email' or 'raw'.",
        "alerting.receivers[4].name: a text of one line that is not empty.",
        "alerting.receivers[4].to: an e-mail address such as 'team@example.com'.",
        "alerting.receivers[4].from: an e-mail address such as 'team@example.com'.",
        "alerting.receivers[4].smtp: an object with host.",
        "alerting.receivers[4].smtp.host: a host name such as 'grafana.example.com'.",
        "alerting.receivers[4].smtp.username: the user name for the password, or remove the password.",
        "alerting.receivers[4].smtp.password: a reference to a Secret with the password, or remove the username.",
        "alerting.receivers[4].smtp.password.secret: a name of lower-case letters and digits, with dashes and dots between them.",
        "alerting.receivers[4].smtp.password.key: a key of letters, digits, dots, dashes and underscores.",
        "alerting.receivers[5].kind: 'webhook', 'slack', 'msteams', 'pagerduty', 'email' or 'raw'.",
        "alerting.servers[0].host: config/invalid-value Set it to 'smtp.example.com' or 'proxy.example.com'.",
        "alerting.receivers[5].name: a text of one line that is not empty.",
        "alerting.routes[0].routes[0].receiver: config/invalid-value Set it to 'hook', 'channel', 'teams', 'on-call', 'mail', 'bot' or 'nobody'.",
        "alerting.receivers[5].config: an object.",
        "alerting.servers[0].host: config/invalid-value Set it to 'smtp.example.com' or 'proxy.example.com'.",
        "alerting.receivers[5].loginAt.kind: 'addresses' or 'pods'.",
        "alerting.receivers[5].loginAt.cidrs: a list, each item a block of addresses such as '10.0.0.0/16', but not all addresses ('/0').",
        "alerting.servers[0].host: config/invalid-value Set it to 'smtp.example.com' or 'proxy.example.com'.",
        "alerting.receivers[5].config.telegram_configs[0].bot_token: a value, or set telegram_bot_token in global.",
        "alerting.receivers[5].config.telegram_configs[0].chat_id: the number of a chat, other than 0 or an object with secret and key.",
        "alerting.receivers[5].config.telegram_configs[0].bot_token.secret: a name of lower-case letters and digits, with dashes and dots between them.",
        "alerting.receivers[5].config.telegram_configs[0].bot_token.key: a key of letters, digits, dots, dashes and underscores.",
        "alerting.routes[0].matchers: a list, each item a matcher such as severity="critical" or team=~"a|b".",
        "alerting.routes[0].routes[0].matchers: a list, each item a matcher such as severity="critical" or team=~"a|b".",
        "alerting.servers[1].url: config/invalid-value Set it to the Secret with the URL of a receiver.",
        "alerting.routes[0].muteTimeIntervals[0]: config/invalid-value Set it to the name of an interval in alerting.config.time_intervals, which has none.",
        "alerting.routes[0].activeTimeIntervals[0]: config/invalid-value Set it to the name of an interval in alerting.config.time_intervals, which has none.",
        "alerting.config.receivers[0].name: a string that is not empty.",
        "alerting.servers[1].url: config/invalid-value Set it to the Secret with the URL of a receiver.",
        "alerting.config.receivers[0].webhook_configs[0].url: a URL with http:// or https:// or an object with secret and key.",
        "alerting.servers[1].url: config/invalid-value Set it to the Secret with the URL of a receiver.",
        "alerting.config.receivers[0].webhook_configs[0].url.secret: a name of lower-case letters and digits, with dashes and dots between them.",
        "alerting.servers[1].url: config/invalid-value Set it to the Secret with the URL of a receiver.",
        "alerting.config.receivers[0].webhook_configs[0].url.key: a key of letters, digits, dots, dashes and underscores.",
        "alerting.servers[1].url: config/invalid-value Set it to the Secret with the URL of a receiver.",
        "alerting.config.time_intervals[0].name: a string that is not empty.",
        "alerting.routes[0].muteTimeIntervals[0]: config/invalid-value Set it to the name of an interval in alerting.config.time_intervals, which has none.",
        "alerting.routes[0].activeTimeIntervals[0]: config/invalid-value Set it to the name of an interval in alerting.config.time_intervals, which has none.",
        "alerting.config.time_intervals[0].time_intervals: a list, each item an object.",
        "alerting.servers[0].host: the host of a server of a receiver.",
        "alerting.servers[0].at: an object whose kind is 'addresses' or 'pods'.",
        "alerting.servers[0].at.kind: 'addresses' or 'pods'.",
        "alerting.servers[0].at.cidrs: a list, each item a block of addresses such as '10.0.0.0/16', but not all addresses ('/0').",
        "alerting.servers[1].url: an object with secret and key.",
        "alerting.servers[1].url.secret: a name of lower-case letters and digits, with dashes and dots between them.",
        "alerting.servers[1].url.key: a key of letters, digits, dots, dashes and underscores.",
        "alerting.servers[1].at.kind: 'addresses' or 'pods'.",
        "alerting.servers[1].at.namespace: a name of at most 63 lower-case letters and digits, with dashes between them.",
        "alerting.servers[1].at.labels: an object.",
        "alerting.servers[1].at.labels.app: a string of at most 63 letters and digits, with -, _ and . between them.",
        "alerting.deadMansSwitch.url: an object with secret and key.",
        "alerting.deadMansSwitch.url.secret: a name of lower-case letters and digits, with dashes and dots between them.",
        "alerting.deadMansSwitch.url.key: a key of letters, digits, dots, dashes and underscores.",
        "alerting.deadMansSwitch.at.kind: 'addresses' or 'pods'.",
        "alerting.deadMansSwitch.at.cidrs: a list, each item a block of addresses such as '10.0.0.0/16', but not all addresses ('/0').",
        "alerting.proxy.url: a URL that starts with 'http://' or 'https://'.",
        "alerting.proxy.at: an object whose kind is 'addresses' or 'pods'.",
        "alerting.proxy.at.kind: 'addresses' or 'pods'.",
        "alerting.proxy.at.cidrs: a list, each item a block of addresses such as '10.0.0.0/16', but not all addresses ('/0').",
        "nodeExporter.protection.kind: 'kube-rbac-proxy' or 'plain'.",
        "nodeExporter.protection.reason: a string of at least 10 characters.",
        "exposure.grafana.kind: 'ingress' or 'gateway'.",
        "exposure.grafana.host: a host name such as 'grafana.example.com'.",
        "exposure.grafana.tlsSecret: a name of lower-case letters and digits, with dashes and dots between them or an object with heldBy.",
        "exposure.grafana.metricsPassword: an object with secret and key.",
        "exposure.grafana.controller: an object whose kind is 'pods', 'addresses' or 'google-load-balancer'.",
        "exposure.grafana.probe.service: a name of lower-case letters and digits, with dashes and dots between them.",
        "exposure.grafana.metricsPassword.secret: a name of lower-case letters and digits, with dashes and dots between them.",
        "exposure.grafana.metricsPassword.key: a key of letters, digits, dots, dashes and underscores.",
        "exposure.grafana.controller.namespace: a name of at most 63 lower-case letters and digits, with dashes between them.",
        "exposure.grafana.controller.labels: an object.",
        "exposure.grafana.controller.labels.app: a string of at most 63 letters and digits, with -, _ and . between them.",
        "exposure.behindAuthProxy.proxy: an object whose kind is 'pods', 'addresses' or 'google-load-balancer'.",
        "exposure.behindAuthProxy: config/invalid-value Set it to an object that also has at least one of prometheus, alertmanager and jaeger.",
        "exposure.behindAuthProxy.proxy.namespace: a name of at most 63 lower-case letters and digits, with dashes between them.",
        "exposure.behindAuthProxy.proxy.labels: an object.",
        "exposure.behindAuthProxy.proxy.labels.app: a string of at most 63 letters and digits, with -, _ and . between them.",
        "alerts[0].kind: 'with', 'without' or 'severities'.",
        "alerts[0].group: an alert group that a file of alerts/ exports.",
        "alerts[0].thresholds: an object.",
        "alerts[0].thresholds.free: a number, or a string such as a duration.",
        "alerts[1].kind: 'with', 'without' or 'severities'.",
        "alerts[1].alert: a string.",
        "alerts[1].reason: a string of at least 10 characters.",
        "alerts[2].kind: 'with', 'without' or 'severities'.",
        "alerts[2].severities: an object.",
        "alerts[2].severities.page: 'critical', 'warning' or 'info'.",
        "waivers[0].check: a string.",
        "waivers[0].at: a string.",
        "waivers[0].reason: a string of at least 10 characters.",
        "tolerations[0].operator: config/invalid-value Set it to 'Exists', or add the key of a taint.",
        "applications[1].name: a name of at most 30 lower-case letters and digits, with dashes between them.",
        "applications[1].namespace: a name of at most 63 lower-case letters and digits, with dashes between them.",
        "applications[1].labels: an object.",
        "applications[1].labels.app: a string of at most 63 letters and digits, with -, _ and . between them.",
        "applications[1].metrics.port: a whole number from 1 to 65535.",
        "applications[1].health.port: a whole number from 1 to 65535.",
        "applications[1].dependsOn[0].kind: 'postgres' or 'redis'.",
        "applications[1].dependsOn[0].name: a name of at most 15 lower-case letters and digits, with single dashes between them, such as 'sessions'.",
        "applications[1].dependsOn[0].host: a host name such as 'grafana.example.com'.",
        "applications[1].dependsOn[0].at: an object whose kind is 'addresses' or 'pods'.",
        "applications[1].dependsOn[0].at.kind: 'addresses' or 'pods'.",
        "applications[1].dependsOn[0].at.namespace: a name of at most 63 lower-case letters and digits, with dashes between them.",
        "applications[1].dependsOn[0].at.labels: an object.",
        "applications[1].dependsOn[0].at.labels.app: a string of at most 63 letters and digits, with -, _ and . between them.",
        "applications[1].loadTest.requests: a list, each item an object with path.",
        "applications[1].loadTest.requests[0].path: a path that starts with '/'.",
        "applications[1].loadTest.requests[0].headers.Accept: a text, or a reference { secret, key, prefix: 'Bearer ' }.",
        "applications[1].loadTest.requests[0].headers.Authorization: a text, or a reference { secret, key, prefix: 'Bearer ' }.",
        "applications[1].loadTest.requests[0].headers.Authorization.secret: a name of lower-case letters and digits, with dashes and dots between them.",
        "applications[1].loadTest.requests[0].headers.Authorization.key: a key of letters, digits, dots, dashes and underscores.",
        "applications[1].loadTest.requests[1].path: a path that starts with '/'.",
        "applications[1].loadTest.scenarios.smoke.maxVirtualUsers: config/invalid-value Remove it: only a scenario with an arrivalRate uses it.",
        "applications[1].loadTest.scenarios.smoke.stages[0].duration: a duration such as '500ms' or '1s', or '0'.",
        "applications[1].loadTest.scenarios.smoke.stages[0].target: a whole number from 0 to 100000.",
        "applications[1].loadTest.scenarios.smoke.thresholds.checks: a list, each item an expression such as 'p(95)<400', or { threshold, abortOnFail, delayAbortEval }.",
        "applications[1].loadTest.scenarios.smoke.thresholds.checks[0].threshold: a text of one line that is not empty.",
        "applications[1].loadTest.scenarios.smoke.thresholds.checks[0].delayAbortEval: config/invalid-value Remove it: only a threshold with abortOnFail ends the run early.",
        "applications[1].loadTest.scenarios.load.maxVirtualUsers: config/invalid-value Remove it: only a scenario with an arrivalRate uses it.",
        "applications[1].loadTest.scenarios.load.stages[0].duration: a duration such as '500ms' or '1s', or '0'.",
        "applications[1].loadTest.scenarios.load.stages[0].target: a whole number from 0 to 100000.",
        "applications[1].loadTest.scenarios.load.thresholds.checks: a list, each item an expression such as 'p(95)<400', or { threshold, abortOnFail, delayAbortEval }.",
        "applications[1].loadTest.scenarios.load.thresholds.checks[0].threshold: a text of one line that is not empty.",
        "applications[1].loadTest.scenarios.load.thresholds.checks[0].delayAbortEval: config/invalid-value Remove it: only a threshold with abortOnFail ends the run early.",
        "applications[1].loadTest.scenarios.stress.maxVirtualUsers: config/invalid-value Remove it: only a scenario with an arrivalRate uses it.",
        "applications[1].loadTest.scenarios.stress.stages[0].duration: a duration such as '500ms' or '1s', or '0'.",
        "applications[1].loadTest.scenarios.stress.stages[0].target: a whole number from 0 to 100000.",
        "applications[1].loadTest.scenarios.stress.thresholds.checks: a list, each item an expression such as 'p(95)<400', or { threshold, abortOnFail, delayAbortEval }.",
        "applications[1].loadTest.scenarios.stress.thresholds.checks[0].threshold: a text of one line that is not empty.",
        "applications[1].loadTest.scenarios.stress.thresholds.checks[0].delayAbortEval: config/invalid-value Remove it: only a threshold with abortOnFail ends the run early.",
        "applications[1].loadTest.scenarios.spike.maxVirtualUsers: config/invalid-value Remove it: only a scenario with an arrivalRate uses it.",
        "applications[1].loadTest.scenarios.spike.stages[0].duration: a duration such as '500ms' or '1s', or '0'.",
        "applications[1].loadTest.scenarios.spike.stages[0].target: a whole number from 0 to 100000.",
        "applications[1].loadTest.scenarios.spike.thresholds.checks: a list, each item an expression such as 'p(95)<400', or { threshold, abortOnFail, delayAbortEval }.",
        "applications[1].loadTest.scenarios.spike.thresholds.checks[0].threshold: a text of one line that is not empty.",
        "applications[1].loadTest.scenarios.spike.thresholds.checks[0].delayAbortEval: config/invalid-value Remove it: only a threshold with abortOnFail ends the run early.",
        "applications[1].loadTest.scenarios.soak.maxVirtualUsers: config/invalid-value Remove it: only a scenario with an arrivalRate uses it.",
        "applications[1].loadTest.scenarios.soak.stages[0].duration: a duration such as '500ms' or '1s', or '0'.",
        "applications[1].loadTest.scenarios.soak.stages[0].target: a whole number from 0 to 100000.",
        "applications[1].loadTest.scenarios.soak.thresholds.checks: a list, each item an expression such as 'p(95)<400', or { threshold, abortOnFail, delayAbortEval }.",
        "applications[1].loadTest.scenarios.soak.thresholds.checks[0].threshold: a text of one line that is not empty.",
        "applications[1].loadTest.scenarios.soak.thresholds.checks[0].delayAbortEval: config/invalid-value Remove it: only a threshold with abortOnFail ends the run early.",
        "applications[1].loadTest.thresholds.checks: a list, each item an expression such as 'p(95)<400', or { threshold, abortOnFail, delayAbortEval }.",
        "annotatedPods[0].namespace: a name of at most 63 lower-case letters and digits, with dashes between them.",
        "annotatedPods[0].ports: a list, each item a whole number from 1 to 65535.",
      ]
    `);
  });

  test.each([
    ['parties[0].workloads', 'an object'],
    ['parties[0].endpoints.basic', 'an object with port and offers'],
    [
      'parties[0].endpoints.basic.offers',
      "a list, each item an offer such as metrics('/metrics') or offer('traces')",
    ],
    ['parties[0].endpoints.token.offers[1].live', "a path that starts with '/'"],
    ['parties[0].endpoints.token.authentication.grants[1].verbs', 'a list, each item a string'],
    ['parties[0].consumes[0].required', 'true or false'],
    ['components[0].render', 'a function that adds the objects to a chart'],
  ])('is reported in parties and components: %s', (path, right) => {
    expect(found(path, undefined)).toEqual([`${path}: config/missing-option ${remedyFor(right)}`]);
  });

  test('is one finding, even if its own options are missing too', () => {
    expect(found('exposure.grafana.controller', undefined)).toHaveLength(1);
  });
});

describe('an unknown option', () => {
  const paths = objectsIn(valid)
    .map(({ path }) => path)
    // What a file of alerts exports is not the environment's.
    .filter((path) => path !== 'alerts[0].group');

  test.each(paths)('is reported in %j', (path) => {
    const misspelt = path ? `${path}.misspelt` : 'misspelt';
    // The value is invalid everywhere, even in a record.
    expect(found(misspelt, null)).toEqual([expect.stringMatching(/^\S+\.misspelt: |^misspelt: /)]);
  });

  test.each([
    ['prometeus', 'prometheus'],
    ['cluster.nodeCIDRs', 'nodeCidrs'],
    ['cluster.apiServer.endpointCidr', 'endpointCidrs'],
    ['prometheus.retentoin', 'retention'],
    ['prometheus.remoteWrite[0].authentication.tokn', 'token'],
    ['nodeExporter.protection.reson', 'reason'],
    ['alerting.recievers', 'receivers'],
    ['alerting.receivers[3].routingkey', 'routingKey'],
    ['alerting.receivers[4].smtp.userName', 'username'],
    ['alerting.routes[0].receivers', 'receiver'],
    ['grafana.oidc.clientID', 'clientId'],
    ['exposure.grafana.tlsSecrt', 'tlsSecret'],
    ['exposure.behindAuthProxy.alertManager', 'alertmanager'],
    ['jaeger.sampling.service', 'services'],
    ['parties[0].endpoints.token.offers[0].intervall', 'interval'],
    ['parties[0].consumes[0].rules[0].resource', 'resources'],
    ['components[0].rendr', 'render'],
  ])('%s has the suggestion %s', (path, meant) => {
    expect(found(path, 'x')).toEqual([
      expect.stringMatching(/: config\/unknown-option Use one of \S+, .*\. \(\w+\?\)$/),
    ]);
    expect(found(path, 'x')[0]).toContain(`(${meant}?)`);
  });

  test('is the only finding if the suggested option is required', () => {
    const { nodeCidrs, ...cluster } = minimal.cluster;
    expect(findingsOf({ ...minimal, cluster: { ...cluster, nodeCidr: nodeCidrs } })).toEqual([
      'cluster.nodeCidr: config/unknown-option Use one of name, platform, nodeCidrs, apiServer, controlPlane, dns, kubelet, networkPlugin, nodes, cores, pods, storageClass. (nodeCidrs?)',
    ]);
  });

  test('has only suggestions of its own kind', () => {
    expect(found('alerting.receivers[0].channel', '#alerts')).toEqual([
      'alerting.receivers[0].channel: config/unknown-option Use one of kind, name, sendResolved, at, url, port.',
    ]);
    expect(found('parties[0].endpoints.token.offers[1].interval', '15s')).toEqual([
      'parties[0].endpoints.token.offers[1].interval: config/unknown-option Use one of capability, variant, live, ready, probe, startSeconds, stopSeconds.',
    ]);
  });
});

describe('an invalid name', () => {
  test.each([
    ["labels['two words']", 'x', "a name such as 'team' or 'example.com/team'"],
    ["annotations['/owner']", 'x', "a name such as 'team' or 'example.com/team'"],
    ["nodeSelector['-pool']", 'x', "a name such as 'team' or 'example.com/team'"],
    [
      "prometheus.externalLabels['data-center']",
      'x',
      'a label name of letters, digits and underscores',
    ],
    [
      'prometheus.externalLabels.replica',
      'x',
      "a label other than 'cluster' and 'replica', which the stack sets itself",
    ],
    [
      'otherNamespaces.Shop',
      { isolation: 'default-deny' },
      'a name of at most 63 lower-case letters and digits, with dashes between them',
    ],
    [
      'parties[0].workloads.Pods',
      { kind: 'nodes' },
      'a name of at most 63 lower-case letters and digits, with dashes between them',
    ],
  ])('is reported: %s', (path, value, right) => {
    const keys = path.split(/\['|'\]/).flatMap((part, index) => (index % 2 ? part : keysOf(part)));
    expect(findingsOf(put(alone(valid, keys), keys, value))).toEqual([
      `${path}: config/invalid-name Use ${right}.`,
    ]);
  });

  test('is rejected in choices unless the capability has exactly one provider', () => {
    const one = Object.entries(capabilities).flatMap(([name, { from }]) =>
      from === 'one' ? `'${name}'` : [],
    );
    expect(one).toContain("'traces'");
    expect(found('choices.metrics', 'prometheus')).toEqual([
      `choices.metrics: config/invalid-name Use ${one.join(', ')}, or one of them with the name of a consumer, such as 'grafana.promql'.`,
    ]);
  });

  test.each(['otlpGrpc', 'a-name-that-is-too-long', '4317'])(
    'is rejected for an endpoint, because it is the name of a port: %s',
    (name) => {
      expect(found(`parties[0].endpoints.${name}`, { port: 1, offers: [] })).toEqual([
        expect.stringContaining('Use a name of at most 15 lower-case letters, digits and dashes'),
      ]);
    },
  );
});
