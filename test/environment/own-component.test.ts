import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { defineComponent, volumeOptions } from '../../src/components/definition.js';
import { validate } from '../../src/environment/validate.js';
import { workload } from '../../src/kubernetes/workload.js';
import { connectionsFor } from '../../src/model/connection.js';
import { required } from '../../src/model/consumption.js';
import { titleOf } from '../../src/model/manifest.js';
import { health, metrics, offer } from '../../src/model/offer.js';
import type { Mutable } from '../checks/input.js';
import { build, minimal } from '../environment.js';

const size = { cpu: '10m', memory: '32Mi', memoryLimit: '64Mi', volume: '1Gi' };

const definition = {
  name: 'plain',
  options: {},
  sizes: { small: size, medium: size, large: size },
  images: {},
  declare: () => ({ name: 'plain', endpoints: {}, consumes: [], render: () => undefined }),
};

const mailer = defineComponent({
  name: 'mailer',
  options: { ...volumeOptions, retries: z.int().min(0).default(3), sender: z.string().min(1) },
  sizes: { small: size, medium: { ...size, volume: '2Gi' }, large: { ...size, volume: '3Gi' } },
  images: {
    mailer: { repository: 'registry.example.com/mailer', tag: 'v1.2.3', user: 1000, group: 1000 },
  },
  facts: {
    'configured:mail': { without: 'no mail is sent', holds: ({ options }) => options.retries > 0 },
  },
  declare: ({ options, size: { volume, ...resources } }) => ({
    name: 'mailer',
    endpoints: { web: { port: 8025, offers: [metrics(), health('/healthz')] } },
    consumes: [required('dns'), required('x-smtp')],
    render: (scope, wiring) =>
      workload(scope, wiring, 'mailer', {
        kind: 'StatefulSet',
        replicas: 1,
        volume,
        volumePath: '/data',
        containers: [
          {
            name: 'mailer',
            image: 'mailer',
            args: [
              `--listen=:${wiring.workloads.mailer!.endpoints.web!.port}`,
              `--retries=${options.retries}`,
            ],
            endpoints: ['web'],
            resources,
          },
        ],
      }),
  }),
  parties: ({ options }) => [
    {
      name: 'smtp',
      workloads: { smtp: { kind: 'addresses', cidrs: ['192.0.2.25/32'] } },
      endpoints: {
        smtp: { port: 25, scheme: 'tcp', host: options.sender, offers: [offer('x-smtp')] },
      },
      consumes: [],
    },
  ],
  validate: ({ retries }, report) => {
    if (retries === 13) report(['retries'], 'another number: 13 brings bad luck');
  },
});

const sender = 'mail.example.com';
const workloadIn = (options: Parameters<typeof build>[0]): Mutable =>
  build(options).manifests.find(
    ({ object }) => titleOf(object).endsWith('/crowsnest-mailer') && object.kind === 'StatefulSet',
  )?.object;

const faultsOf = (components: unknown[], more: object = {}) =>
  validate({ ...minimal, ...more, components }, 'test', 'environments/test.ts').findings.map(
    ({ code, place, remedy }) => [code, place.path, remedy],
  );

describe("a user's component with options", () => {
  test('gets the sizes of the environment, and its own options', () => {
    const { spec } = workloadIn({
      ...minimal,
      components: [mailer.with({ sender, memory: '48Mi' })],
    });
    const [container] = spec.template.spec.containers;
    expect(container).toMatchObject({
      image: 'registry.example.com/mailer:v1.2.3',
      args: ['--listen=:8025', '--retries=3'],
      resources: { requests: { cpu: '10m', memory: '48Mi' }, limits: { memory: '64Mi' } },
    });
    const claims = (options: Parameters<typeof build>[0]) =>
      build(options)
        .manifests.filter(({ object }) => object.metadata.name === 'data-crowsnest-mailer-0')
        .map(({ object }) => object.spec.resources.requests.storage);
    const components = [mailer.with({ sender })];
    expect(claims({ ...minimal, components })).toEqual(['1Gi']);
    expect(claims({ ...minimal, size: 'medium', components })).toEqual(['2Gi']);
  });

  test('gets the image mirror, the priority class and the version like ours', () => {
    const object = workloadIn({
      ...minimal,
      imageMirror: 'mirror.example.com',
      priorityClass: 'usual',
      components: [mailer.with({ sender, priorityClass: 'low' })],
    });
    expect(object.metadata.labels['app.kubernetes.io/version']).toBe('1.2.3');
    expect(object.spec.template.spec).toMatchObject({
      priorityClassName: 'low',
      containers: [{ image: 'mirror.example.com/mailer:v1.2.3' }],
    });
  });

  test('adds the parties from its options, and its policies allow them', () => {
    const { connections } = build({ ...minimal, components: [mailer.with({ sender })] });
    expect(connectionsFor(connections, 'x-smtp').map(({ endpoint }) => endpoint.host)).toEqual([
      sender,
    ]);
  });

  test('can be disabled, and then counts as absent', () => {
    const stack = build({ ...minimal, components: [mailer.with({ sender, enabled: false })] });
    expect(stack.parties.map(({ name }) => name)).not.toContain('mailer');
    expect(stack.absent).toMatchObject([
      ...stack.absent.slice(0, -1).map(() => ({})),
      { component: { name: 'mailer' }, disabled: true, hasVolume: true },
    ]);
    expect(stack.absentJobs).toContain('mailer');
  });
});

describe("invalid options of a user's component are reported", () => {
  test.each<[string, object, string[]]>([
    ['a misspelt option', { retrys: 3 }, ['config/unknown-option', 'components[0].retrys']],
    ['an invalid value', { retries: '3' }, ['config/invalid-value', 'components[0].retries']],
    [
      'a value that the component rejects',
      { retries: 13 },
      ['config/invalid-value', 'components[0].retries'],
    ],
    [
      'more memory than its limit',
      { memory: '1Gi' },
      ['config/invalid-value', 'components[0].memory'],
    ],
    [
      'a claim larger than its volume',
      { claimTemplate: '5Gi' },
      ['config/invalid-value', 'components[0].claimTemplate'],
    ],
    [
      'a priority class only for this component',
      { priorityClass: 'low' },
      ['config/missing-option', 'priorityClass'],
    ],
  ])('%s', (_, options, expected) => {
    const [found, ...others] = faultsOf([mailer.with({ sender, ...options })]);
    expect(others).toEqual([]);
    expect(found?.slice(0, 2)).toEqual(expected);
  });

  test('a missing required option', () => {
    expect(faultsOf([mailer.with({} as never)])).toEqual([
      ['config/missing-option', 'components[0].sender', expect.any(String)],
    ]);
  });
});

describe('faults of a definition are reported at its place in the environment', () => {
  const { with: _, options: __, ...rest } = mailer;
  const other = (fields: object) =>
    defineComponent({
      ...rest,
      options: {},
      parties: () => [],
      validate: undefined,
      ...fields,
    } as never);

  test('a component that declares an invalid endpoint', () => {
    const declare = () => ({
      name: 'mailer',
      endpoints: { web: { port: 0, offers: [] } },
      consumes: [],
      render: () => {},
    });
    expect(faultsOf([other({ declare }).with({})])).toEqual([
      ['config/invalid-value', 'components[0].endpoints.web.port', expect.any(String)],
    ]);
  });

  test('a volume without a size', () => {
    const declare: typeof mailer.declare = (context) => ({
      ...mailer.declare(context),
      consumes: [],
      render: (scope, wiring) =>
        void workload(scope, wiring, 'mailer', {
          kind: 'StatefulSet',
          replicas: 1,
          volume: undefined as unknown as string,
          volumePath: '/data',
          containers: [],
        }),
    });
    const own = other({ declare: declare as never });
    const { findings } = build({ ...minimal, components: [own.with({})] });
    expect(findings).toMatchObject([
      {
        code: 'config/failing-component',
        message:
          "The function render of the component 'mailer' fails: volume must be a quantity such as '64Mi'.",
      },
    ]);
  });

  test('a function that throws an error', () => {
    const fail = () => {
      throw new Error('no luck');
    };
    expect(faultsOf([other({ declare: fail }).with({})])).toEqual([
      ['config/failing-component', 'components[0]', 'Correct the function.'],
    ]);
    const declare = () => ({ name: 'mailer', endpoints: {}, consumes: [], render: fail });
    const { findings, manifests } = build({
      ...minimal,
      components: [other({ declare }).with({})],
    });
    expect(findings).toMatchObject([
      {
        code: 'config/failing-component',
        place: {
          file: 'test/environment/own-component.test.ts',
          line: expect.any(Number),
          path: 'components[0]',
        },
        message: "The function render of the component 'mailer' fails: no luck",
      },
    ]);
    expect(manifests).toEqual([]);
  });

  test.each<[object, string]>([
    [{ imagez: {} }, "defineComponent: unknown field 'imagez'. Did you mean 'images'?"],
    [{ owner: 'shop' }, "defineComponent: unknown field 'owner'. Use name, options, "],
  ])('a field of another name: %j', (fields, message) => {
    expect(() => defineComponent({ ...definition, ...fields })).toThrow(message);
    const { sizes: _, ...incomplete } = definition;
    expect(() => defineComponent(incomplete as typeof definition)).toThrow(
      "defineComponent: the field 'sizes' is missing.",
    );
  });

  test.each<[object, string]>([
    [{ small: size, medium: size }, "defineComponent: the size 'large' is missing."],
    [{ smal: size }, "defineComponent: unknown size 'smal'. Use small, medium, large."],
    [
      { small: { ...size, memory: undefined }, medium: size, large: size },
      "defineComponent: the size 'small' has no text 'memory'.",
    ],
  ])('sizes that a stack cannot use: %j', (sizes, message) => {
    const fields = { ...definition, sizes: sizes as typeof definition.sizes };
    expect(() => defineComponent(fields)).toThrow(message);
  });

  test('an image with the name of another component’s image', () => {
    const { mailer: image } = mailer.images;
    expect(faultsOf([other({ images: { grafana: image } }).with({})])).toMatchObject([
      ['config/invalid-value', 'components[0]', expect.stringContaining("'grafana'")],
    ]);
  });
});
