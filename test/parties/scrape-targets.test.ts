import { describe, expect, test } from 'vitest';
import { scrapeTargets } from '../../src/components/prometheus/scrape-targets.js';
import { internet } from '../../src/config/internet.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { scrapeConfigs } from '../config/scrape-configs.js';
import { build, minimal } from '../environment.js';
import { environmentOf } from './environment.js';

type ScrapeConfigs = NonNullable<NonNullable<EnvironmentOptions['prometheus']>['scrapeConfigs']>;

const partiesOf = (configs: ScrapeConfigs) =>
  scrapeTargets(environmentOf({ prometheus: { scrapeConfigs: configs } }).prometheus.scrapeConfigs);

const job = (job_name: string, ...targets: string[]): ScrapeConfigs[number] => ({
  config: { job_name, static_configs: [{ targets }] },
});

test('without native jobs there are no parties', () => {
  expect(scrapeTargets(environmentOf().prometheus.scrapeConfigs)).toEqual([]);
});

describe('the targets of a native job', () => {
  const [switches, appliances, pages] = partiesOf(scrapeConfigs);
  const servers = (party = switches!) =>
    Object.values(party.endpoints).map(({ scheme, host, port, workload }) => [
      scheme,
      host,
      port,
      workload,
    ]);

  test('are a party with the name of the job, with an endpoint for each address', () => {
    expect(switches!.name).toBe('switches-core');
    expect(servers()).toEqual([
      ['http', '10.1.2.3', 9100, 'switches-core-addresses'],
      ['http', '[2001:db8::1]', 9100, 'switches-core-addresses'],
      ['http', 'exporter.example.com', 9116, 'switches-core'],
    ]);
  });

  test('have the location of their addresses, and host names are outside private ranges', () => {
    expect(switches!.workloads).toEqual({
      'switches-core': internet,
      'switches-core-addresses': {
        kind: 'addresses',
        cidrs: ['10.1.2.3/32', '2001:db8::1/128'],
      },
    });
  });

  test('have the configured location, and the token server has another', () => {
    expect(appliances!.workloads).toEqual({
      appliances: scrapeConfigs[1]!.at,
      'appliances-login': internet,
    });
    expect(servers(appliances)).toEqual([
      ['https', 'appliances.example.com', 8443, 'appliances'],
      ['https', 'login.example.com', 443, 'appliances-login'],
    ]);
  });

  test('are the address that relabelling sets, and not the targets behind it', () => {
    expect(servers(pages)).toEqual([['http', 'pages.exporters.svc', 9115, 'pages']]);
  });

  test('have all the keys of Secrets that the job uses', () => {
    expect(appliances!.endpoints.scrape!.authentication).toEqual({
      kind: 'secret',
      secret: { secret: 'prometheus', key: 'oauth2' },
      others: ['login.crt', 'ca.crt', 'tls.crt', 'tls.key'].map((key) => ({
        secret: 'prometheus',
        key,
      })),
    });
    expect(partiesOf([job('one', '10.0.0.1:80')])[0]!.endpoints.scrape).not.toHaveProperty(
      'authentication',
    );
  });

  test('are verified, unless the environment has a reason against it', () => {
    const verification = [switches!, appliances!].map(
      ({ endpoints }) => endpoints.scrape!.verification,
    );
    expect(verification).toEqual([
      { kind: 'public-ca' },
      { kind: 'unverified', reason: 'the appliance signs its own certificate' },
    ]);
    expect(appliances!.endpoints['scrape-1']!.verification).toEqual({ kind: 'public-ca' });
  });
});

describe('in an environment', () => {
  const findingsOf = (...scrapeConfigs: ScrapeConfigs) =>
    build({ ...minimal, prometheus: { scrapeConfigs } }).findings.map(({ place, code }) => [
      place.path,
      code,
    ]);

  test('a duplicate job name is reported', () => {
    expect(findingsOf(job('one', '10.0.0.1:80'), job('kubelet', '10.0.0.1:80'))).toEqual([
      ['prometheus.scrapeConfigs[1].config.job_name', 'connections/duplicate-job'],
    ]);
  });

  test('names that result in the same party are accepted, also if it is a component', () => {
    expect(findingsOf(job('a/b', '10.0.0.1:80'), job('a-b', '10.0.0.1:80'))).toEqual([]);
    expect(findingsOf(job('node_exporter', '10.0.0.1:9100'))).toEqual([]);
  });

  test('alerts can need the job', () => {
    const scrapeConfigs = [job('switches', '10.0.0.1:80')];
    expect(build({ ...minimal, prometheus: { scrapeConfigs } }).jobs).toContain('switches');
  });
});
