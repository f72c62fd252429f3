import { describe, expect, test } from 'vitest';
import type { EnvironmentOptions } from '../../src/config/environment.js';
import { internet } from '../../src/parties/internet.js';
import { scrapeTargets } from '../../src/parties/scrape-targets.js';
import { scrapeConfigs } from '../config/scrape-configs.js';
import { build, minimal } from '../environment.js';
import { environmentOf } from './environment.js';

type ScrapeConfigs = NonNullable<NonNullable<EnvironmentOptions['prometheus']>['scrapeConfigs']>;

const partiesOf = (configs: ScrapeConfigs) =>
  scrapeTargets(environmentOf({ prometheus: { scrapeConfigs: configs } }));

const job = (job_name: string, ...targets: string[]): ScrapeConfigs[number] => ({
  config: { job_name, static_configs: [{ targets }] },
});

test('without jobs in Prometheus’s own words there is nobody', () => {
  expect(scrapeTargets(environmentOf())).toEqual([]);
});

describe('what a job asks', () => {
  const [switches, appliances, pages] = partiesOf(scrapeConfigs);
  const servers = (party = switches!) =>
    Object.values(party.endpoints).map(({ scheme, host, port, workload }) => [
      scheme,
      host,
      port,
      workload,
    ]);

  test('is a party of its name, with an endpoint for each address', () => {
    expect(switches!.name).toBe('switches-core');
    expect(servers()).toEqual([
      ['http', '10.1.2.3', 9100, 'switches-core-addresses'],
      ['http', '[2001:db8::1]', 9100, 'switches-core-addresses'],
      ['http', 'exporter.example.com', 9116, 'switches-core'],
    ]);
  });

  test('is where its addresses say, and by name outside of private ranges', () => {
    expect(switches!.workloads).toEqual({
      'switches-core': internet,
      'switches-core-addresses': {
        kind: 'addresses',
        cidrs: ['10.1.2.3/32', '2001:db8::1/128'],
      },
    });
  });

  test('is where the environment says, and its login elsewhere', () => {
    expect(appliances!.workloads).toEqual({
      appliances: scrapeConfigs[1]!.at,
      'appliances-login': internet,
    });
    expect(servers(appliances)).toEqual([
      ['https', 'appliances.example.com', 8443, 'appliances'],
      ['https', 'login.example.com', 443, 'appliances-login'],
    ]);
  });

  test('is the one address that relabelling sets, and not what that asks in turn', () => {
    expect(servers(pages)).toEqual([['http', 'pages.exporters.svc', 9115, 'pages']]);
  });

  test('is given all the keys of Secrets that the job refers to', () => {
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

  test('is verified, unless the environment has a reason why not', () => {
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
    build({ ...minimal, prometheus: { scrapeConfigs } }).findings.map(({ place, message }) => [
      place.path,
      message,
    ]);

  test('a name that a job has already is found', () => {
    expect(findingsOf(job('one', '10.0.0.1:80'), job('kubelet', '10.0.0.1:80'))).toEqual([
      ['prometheus.scrapeConfigs[1].config.job_name', "Two parties are named 'kubelet'."],
      ['prometheus.scrapeConfigs[1].config.job_name', 'Another job has this name.'],
    ]);
  });

  test('names that come to the same party are found', () => {
    expect(findingsOf(job('a/b', '10.0.0.1:80'), job('a-b', '10.0.0.1:80'))).toEqual([
      ['prometheus.scrapeConfigs[1].config.job_name', "Two parties are named 'a-b'."],
    ]);
  });

  test('alerts may need the job', () => {
    const scrapeConfigs = [job('switches', '10.0.0.1:80')];
    expect(build({ ...minimal, prometheus: { scrapeConfigs } }).jobs).toContain('switches');
  });
});
