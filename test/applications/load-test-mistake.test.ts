import { describe, expect, test } from 'vitest';
import type { ApplicationOptions } from '../../src/applications/declared/application.js';
import { latency } from '../../src/content/objective/objective.js';
import { minimal } from '../environment.js';
import { type LoadTest, orders } from './load-tests.js';
import { projectWith } from './project.js';

describe('mistakes are reported with their place, value and remedy', () => {
  const found = async (loadTest: LoadTest, more: Partial<ApplicationOptions> = {}) => {
    const { findings } = await projectWith({
      'environments/test.ts': { ...minimal, applications: [orders(loadTest, more)] },
    });
    return findings.map(({ code, place, value, suggestion }) => [
      code,
      place.path,
      value,
      suggestion,
    ]);
  };
  /** Codes and places alone. */
  const placesOf = async (loadTest: LoadTest) =>
    (await found(loadTest)).map(([code, path]) => [code, path]);
  const plain: LoadTest['requests'] = [{ path: '/' }];

  test.each([
    ['an unknown metric', { http_req_duraton: ['p(95)<1'] }, '', 'http_req_duration'],
    ['an unknown tag', { 'http_reqs{naem:GET /}': ['count>1'] }, '', 'name'],
    ['an unknown request', { 'http_reqs{name:GET /order}': ['count>1'] }, '', undefined],
    ['an unknown scenario', { 'http_reqs{scenario:lod}': ['count>1'] }, '', 'load'],
    ['a tag of other metrics', { 'iterations{name:GET /}': ['count>1'] }, '', undefined],
    ['an inherited name', { constructor: ['p(95)<1'] }, '', undefined],
    ['two digits apart', { http_req_duration: ['p(95)<1__0'] }, '[0]', undefined],
    ['an unknown aggregation', { http_req_failed: ['p(95)<1'] }, '[0]', undefined],
    ['no number', { http_req_duration: ['p(95)<400ms'] }, '[0]', undefined],
    ['no operator', { http_req_duration: ['p(95) 400'] }, '[0]', undefined],
    ['a percentile above 100', { http_req_duration: ['p(101)<400'] }, '[0]', undefined],
  ])('a threshold with %s', async (_, thresholds, index, suggestion) => {
    const [key] = Object.keys(thresholds);
    const at = /^\w+$/.test(key!) ? `.${key}` : `['${key}']`;
    const value = index ? Object.values(thresholds)[0]![0] : key;
    expect(await found({ requests: plain, thresholds })).toEqual([
      [
        'applications/invalid-threshold',
        `applications[0].loadTest.thresholds${at}${index}`,
        value,
        suggestion,
      ],
    ]);
  });

  test('a threshold of a duration with the number of an objective in another unit', async () => {
    const of = (threshold: string, metric = 'http_req_duration') =>
      found(
        { requests: plain, thresholds: { [metric]: [threshold] } },
        { metrics: { port: 9464 }, objectives: [latency(99, '250ms')] },
      );
    const at = 'applications[0].loadTest.thresholds.http_req_duration[0]';
    expect(await of('p(95)<0.25')).toEqual([
      ['applications/threshold-unit', at, 'p(95)<0.25', 'p(95)<250'],
    ]);
    expect(await of('p(95) < 250_000')).toEqual([
      ['applications/threshold-unit', at, 'p(95) < 250_000', 'p(95) < 250'],
    ]);
    expect(await of('p(95)<250')).toEqual([]);
    expect(await of('p(95)<0.3')).toEqual([]);
    expect(await of('rate<0.25', 'http_req_failed')).toEqual([]);
  });

  test('a threshold of a scenario about another one', async () => {
    const thresholds = { 'http_reqs{scenario:load}': ['count>1'] };
    const one = { requests: plain, scenarios: { smoke: { thresholds }, load: { thresholds } } };
    expect(await placesOf(one)).toEqual([
      [
        'applications/invalid-threshold',
        "applications[0].loadTest.scenarios.smoke.thresholds['http_reqs{scenario:load}']",
      ],
    ]);
  });

  test.each([
    ['names with quotes, braces and spaces', 'http_reqs{name: "GET /users/{id}" }'],
    ['several tags', 'http_reqs{name:GET /users/{id},scenario:load,status:200}'],
    ['a name of a check', 'checks{check:GET /users/{id}}'],
  ])('none: a threshold with %s', async (_, key) => {
    const of = { requests: [{ path: '/users/{id}' }], thresholds: { [key]: ['rate>0'] } };
    expect(await found(of)).toEqual([]);
  });

  test.each([
    ['of no duration', [{ duration: '0', target: 10 }]],
    ['without a target', [{ duration: '1m', target: 0 }]],
    [
      'with a target at the end',
      [
        { duration: '1m', target: 0 },
        { duration: '0', target: 10 },
      ],
    ],
  ])('stages %s', async (_, stages) => {
    expect(await placesOf({ requests: plain, scenarios: { smoke: { stages } } })).toEqual([
      ['config/invalid-value', 'applications[0].loadTest.scenarios.smoke.stages'],
    ]);
  });

  test('none: stages that only fall', async () => {
    const stages = [
      { duration: '0', target: 10 },
      { duration: '1m', target: 0 },
    ];
    expect(await found({ requests: plain, scenarios: { smoke: { stages } } })).toEqual([]);
  });

  test.each([
    ['duration', '10', '10s'],
    ['duration', '1e3', undefined],
    ['rampUp', '2', '2s'],
    ['rampDown', '0.5', '0.5s'],
    ['thinkTime', '1.5', '1.5s'],
  ])(
    'a time without a unit, which k6 reads as milliseconds: %s: %s',
    async (option, value, meant) => {
      const scenarios = { load: { [option]: value } };
      expect(await found({ requests: plain, scenarios })).toEqual([
        ['config/invalid-value', `applications[0].loadTest.scenarios.load.${option}`, value, meant],
      ]);
    },
  );

  test('none: times with units, and 0', async () => {
    const scenarios = {
      load: { rampUp: '0', duration: '1h30m', rampDown: '0.5s', thinkTime: '2d' },
    };
    expect(await found({ requests: plain, thinkTime: '0', scenarios })).toEqual([]);
  });

  test.each([
    ['users', { virtualUsers: 20_000 }, 'multiplied-load', 'virtualUsers', 20_000],
    ['a rate', { arrivalRate: 60_000 }, 'multiplied-load', 'arrivalRate', 60_000],
    ['memory', { virtualUsers: 7000 }, 'large-load', 'virtualUsers', 7000],
    [
      'memory of a scenario',
      { scenarios: { smoke: { virtualUsers: 70_000 } } },
      'large-load',
      'scenarios.smoke.virtualUsers',
      70_000,
    ],
    [
      'memory for a rate',
      { arrivalRate: 10, scenarios: { smoke: { maxVirtualUsers: 70_000 } } },
      'large-load',
      'scenarios.smoke.maxVirtualUsers',
      70_000,
    ],
  ])('too much load of one pod, once: %s', async (_, options, fault, at, value) => {
    expect(await found({ requests: plain, ...options })).toEqual([
      [`applications/${fault}`, `applications[0].loadTest.${at}`, value, undefined],
    ]);
  });

  test('none: the largest load, and memory that the environment states', async () => {
    expect(await found({ requests: plain, virtualUsers: 6500 })).toEqual([]);
    const { findings } = await projectWith({
      'environments/test.ts': {
        ...minimal,
        k6: { memory: '100Gi', memoryLimit: '500Gi' },
        applications: [orders({ requests: plain, virtualUsers: 10_000 })],
      },
    });
    expect(findings).toEqual([]);
  });

  test.each([
    [
      'Bearer a1b2',
      "headers: { 'X-Api-Key': { secret: 'shop-load-test', key: 'token', prefix: 'Bearer ' } }",
    ],
    ['a1b2', "headers: { 'X-Api-Key': { secret: 'shop-load-test', key: 'token' } }"],
  ])('the remedy for a credential shows its header', async (value, remedy) => {
    const requests = [{ path: '/', headers: { 'X-Api-Key': value } }];
    const { findings } = await projectWith({
      'environments/test.ts': { ...minimal, applications: [orders({ requests })] },
    });
    expect(findings.map((one) => one.remedy)).toEqual([expect.stringContaining(remedy)]);
  });

  test.each([
    ['stages beside times', {}, { rampUp: '1m' }, 'stages'],
    ['a limit of virtual users without a rate', {}, { maxVirtualUsers: 5 }, 'maxVirtualUsers'],
    ['users beside stages', {}, { virtualUsers: 10 }, 'virtualUsers'],
    ['a rate that all scenarios have', { arrivalRate: 4 }, { arrivalRate: 10 }, 'arrivalRate'],
    ['a rate that the stages do not have', {}, { arrivalRate: 9 }, 'arrivalRate'],
  ])('an option without an effect: %s', async (_, ofTest, ofScenario, at) => {
    const stages = [{ duration: '1m', target: 10 }];
    const scenarios = { smoke: { stages, ...ofScenario } };
    expect(await placesOf({ requests: plain, ...ofTest, scenarios })).toEqual([
      ['config/invalid-value', `applications[0].loadTest.scenarios.smoke.${at}`],
    ]);
  });

  test.each([
    ['the unit of the stages', {}, { arrivalRate: 10, maxVirtualUsers: 5 }],
    ['another unit than the other scenarios', { arrivalRate: 4 }, { virtualUsers: 10 }],
    ['a limit for the rate of all scenarios', { arrivalRate: 4 }, { maxVirtualUsers: 5 }],
  ])('none: %s', async (_, ofTest, ofScenario) => {
    const stages = [{ duration: '1m', target: 10 }];
    const scenarios = { smoke: { stages, ...ofScenario } };
    expect(await found({ requests: plain, ...ofTest, scenarios })).toEqual([]);
  });

  test('a delay of an end that no threshold causes', async () => {
    const thresholds = { checks: [{ threshold: 'rate>0.9', delayAbortEval: '10s' }] };
    expect(await placesOf({ requests: plain, thresholds })).toEqual([
      ['config/invalid-value', 'applications[0].loadTest.thresholds.checks[0].delayAbortEval'],
    ]);
  });

  test('references in a body that are no names of Secrets and keys', async () => {
    const body = {
      login: [
        { secret: 'No Name', key: 'a b' },
        { secret: 1, key: 'k', prefix: 2 },
      ],
    };
    expect(await placesOf({ requests: [{ method: 'POST', path: '/', body }] })).toEqual(
      ['[0].secret', '[0].key', '[1].secret', '[1].prefix'].map((at) => [
        'config/invalid-value',
        `applications[0].loadTest.requests[0].body.login${at}`,
      ]),
    );
  });

  test('a name that is too long for a CronJob, and not one with 52 characters', async () => {
    const name = 'orders-of-the-international-1';
    const of = async (stack: string) => {
      const { findings } = await projectWith({
        'environments/test.ts': {
          ...minimal,
          stack,
          applications: [orders({ requests: plain }, { name })],
        },
      });
      return findings
        .filter(({ code }) => code.startsWith('applications/'))
        .map((one) => one.message);
    };
    expect('observability-k6-'.length + name.length + '-stress'.length).toBe(53);
    expect(await of('observability')).toEqual([expect.stringMatching(/stress .*53 characters/)]);
    expect(await of('observabilit')).toEqual([]);
  });

  test('a dashboard of the project with the name of that of the load test', async () => {
    const { findings } = await projectWith({
      'environments/test.ts': { ...minimal, applications: [orders({ requests: plain })] },
      'dashboards/load-orders.ts': {},
    });
    expect(findings).toContainEqual(
      expect.objectContaining({ code: 'applications/taken-name', value: 'load-orders' }),
    );
  });

  test('a scenario that does not exist', async () => {
    expect(
      await found({ requests: plain, scenarios: { smok: {} } } as unknown as LoadTest),
    ).toMatchObject([
      ['config/unknown-option', 'applications[0].loadTest.scenarios.smok', {}, 'smoke'],
    ]);
  });

  test('no port', async () => {
    expect(await found({ requests: plain }, { health: undefined })).toMatchObject([
      ['config/missing-option', 'applications[0].loadTest.port', undefined, undefined],
    ]);
  });

  test.each([
    ['a header', { path: '/', headers: { Authorization: 'Bearer eyJhbGci' } }, 'headers'],
    ['a header with a name of its own', { path: '/', headers: { 'X-Api-Key': 'a1b2' } }, 'headers'],
    ['the address', { path: '/?access_token=a1b2' }, 'path'],
    [
      'a header with any name',
      { path: '/', headers: { 'X-Of': `ghp_${'a1b2'.repeat(9)}` } },
      'headers',
    ],
    ['a path', { path: `/hooks/ghp_${'a1b2'.repeat(9)}/send` }, 'path'],
    ['a body', { path: '/', body: { login: { password: 'a1b2' } } }, 'body.login.password'],
    [
      'a list in a body',
      { path: '/', body: { tokens: [{ api_key: 'a1b2' }] } },
      'body.tokens[0].api_key',
    ],
    ['a body in a text', { path: '/', body: '{"password":"a1b2"}' }, 'body'],
    ['a form', { path: '/', body: 'user=a&password=a1b2' }, 'body'],
  ])('a credential in %s', async (_, request, at) => {
    const all = await found({ requests: [request] });
    expect(all).toHaveLength(1);
    expect(all[0]![0]).toBe('applications/literal-credential');
    expect(all[0]![1]).toContain(`loadTest.requests[0].${at}`);
    expect(JSON.stringify(all)).not.toMatch(/a1b2|eyJ/);
  });

  test.each([
    ['a header', { path: '/', headers: { Accept: 'text/html', 'Accept-Language': 'en' } }],
    ['a query', { path: '/?token_type=none&key=orders&page=2' }],
    ['the token of a page', { path: '/?page_token=CAoQAA&nextToken=a1b2' }],
    ['a body', { path: '/', body: { keys: ['b'], note: 'password', token: '' } }],
    ['a body that is no JSON', { path: '/', body: 'plain text = 1' }],
  ])('no credential in %s', async (_, request) => {
    expect((await found({ requests: [request] })).map(([code]) => code)).toEqual([]);
  });
});
