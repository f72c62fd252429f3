import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import configuration from '../../src/checks/files/configuration.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { validate } from '../../src/environment/validate.js';
import { inputOf, manifestOf } from '../checks/input.js';
import { build, minimal } from '../environment.js';

type Config = NonNullable<NonNullable<EnvironmentOptions['otelGateway']>['config']>;

const optionsWith = (config: Config, sampling: object = {}): EnvironmentOptions => ({
  ...minimal,
  otelGateway: { enabled: true, sampling, config },
});

const native: Config = {
  processors: {
    'filter/health': { error_mode: 'ignore', traces: { span: ['name == "GET /live"'] } },
    'filter/other': { trace_conditions: ['span.name == "GET /ready"'] },
    attributes: {
      exclude: { match_type: 'regexp', services: ['internal-.*'] },
      actions: [{ key: 'user.email', action: 'delete' }],
    },
    resource: { attributes: [{ key: 'team', value: 'shop', action: 'upsert' }] },
    transform: {
      error_mode: 'ignore',
      trace_statements: ['set(span.name, "x") where span.name == ""'],
    },
  },
  policies: [
    {
      name: 'no-probes',
      type: 'drop',
      drop: {
        drop_sub_policy: [
          {
            name: 'probe',
            type: 'string_attribute',
            string_attribute: { key: 'probe', values: ['1'] },
          },
        ],
      },
    },
    { name: 'budget', type: 'rate_limiting', rate_limiting: { spans_per_second: 50 } },
  ],
};

describe('native configuration', () => {
  const stack = build(optionsWith(native));
  const file = parse(
    manifestOf(stack, 'ConfigMap crowsnest/crowsnest-otel-gateway-config').object.data[
      'config.yaml'
    ],
  );

  test('is accepted, also in the file', () => {
    expect(stack.findings).toEqual([]);
    expect(configuration.run(inputOf(stack))).toEqual([]);
  });

  test('has processors that each span passes in their order, after the memory limiter', () => {
    const first = ['memory_limiter', ...Object.keys(native.processors!)];
    const { pipelines } = file.service;
    expect(pipelines.traces.processors).toEqual([...first, 'tail_sampling']);
    expect(pipelines['traces/count'].processors).toEqual(first);
    expect(pipelines['traces/calls'].processors).toEqual([...first, 'filter/calls']);
    expect(file.processors).toMatchObject(native.processors!);
  });

  test('has policies before those of the options, since the first one decides', () => {
    const { policies } = file.processors.tail_sampling;
    expect(policies.slice(0, 2)).toEqual(native.policies);
    expect(policies.map(({ name }: { name: string }) => name)).toEqual([
      'no-probes',
      'budget',
      'errors',
      'rest',
    ]);
  });

  test.each<[string, object, string, string]>([
    [
      'a processor that opens a port',
      { processors: { remotetap: {} } },
      'config.processors.remotetap',
      'invalid-name',
    ],
    [
      'an unknown field',
      { processors: { resource: { atributes: [] } } },
      'config.processors.resource.atributes',
      'unknown-option',
    ],
    [
      'an unknown action',
      { processors: { attributes: { actions: [{ key: 'a', action: 'remove' }] } } },
      'config.processors.attributes.actions[0].action',
      'invalid-value',
    ],
    [
      'both kinds of conditions',
      { processors: { filter: { traces: { span: ['true'] }, trace_conditions: ['true'] } } },
      'config.processors.filter',
      'invalid-value',
    ],
    [
      'texts and objects in one list',
      {
        processors: {
          transform: {
            trace_statements: ['set(span.name, "a")', { statements: ['set(span.name, "b")'] }],
          },
        },
      },
      'config.processors.transform.trace_statements',
      'invalid-value',
    ],
    [
      'a name that the gateway uses itself',
      { processors: { 'filter/calls': { traces: { span: ['true'] } } } },
      'config.processors',
      'invalid-value',
    ],
    [
      'the name of a policy of the options',
      { policies: [{ name: 'errors', type: 'always_sample' }] },
      'config.policies',
      'invalid-value',
    ],
    [
      'an unknown type of policy',
      { policies: [{ name: 'all', type: 'always' }] },
      'config.policies[0].type',
      'invalid-value',
    ],
  ])('is rejected with %s', (_, config, path, fault) => {
    const { findings } = validate(optionsWith(config), 'test', 'environments/test.ts');
    expect(findings.filter(({ severity }) => severity === 'error')).toMatchObject(
      fault === 'unknown-option'
        ? expect.arrayContaining([
            expect.objectContaining({
              code: `config/${fault}`,
              place: expect.objectContaining({ path: `otelGateway.${path}` }),
            }),
          ])
        : [{ code: `config/${fault}`, place: { path: `otelGateway.${path}` } }],
    );
  });

  test('needs sampling for its policies', () => {
    const options = {
      ...minimal,
      otelGateway: { enabled: true, config: { policies: native.policies } },
    };
    expect(validate(options, 'test', 'environments/test.ts').findings).toMatchObject([
      { code: 'config/invalid-value', place: { path: 'otelGateway.config.policies' } },
    ]);
  });
});
