import type { EnvironmentOptions } from '../src/index.js';

/** Critical alerts go to PagerDuty, all alerts to Slack, and those of the team of the databases by mail. */
export default {
  stage: 'staging',
  cluster: {
    name: 'receivers',
    platform: 'kubeadm',
    nodeCidrs: ['10.80.0.0/22'],
    apiServer: { serviceAddress: '10.96.0.1', endpointCidrs: ['10.80.0.10/32'] },
    storageClass: { name: 'fast', expandable: true },
    nodes: 5,
  },
  size: 'small',
  alerting: {
    receivers: [
      {
        kind: 'slack',
        name: 'team',
        url: { secret: 'alertmanager', key: 'slack' },
        channel: '#alerts',
      },
      {
        kind: 'pagerduty',
        name: 'on-call',
        routingKey: { secret: 'alertmanager', key: 'pagerduty' },
      },
      {
        kind: 'email',
        name: 'databases',
        to: 'databases@example.com',
        from: 'alertmanager@example.com',
        smtp: {
          host: 'smtp.example.com',
          username: 'alertmanager@example.com',
          password: { secret: 'alertmanager', key: 'smtp' },
        },
      },
    ],
    defaultReceiver: 'team',
    routes: [
      // `continue`: the routes below apply too.
      { matchers: ['severity="critical"'], receiver: 'on-call', continue: true },
      { matchers: ['namespace=~"postgres|redis"'], receiver: 'databases', continue: true },
      { matchers: ['alertname=~".+"'], receiver: 'team' },
    ],
  },
} satisfies EnvironmentOptions;
