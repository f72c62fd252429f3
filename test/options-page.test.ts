import { expect, test } from 'vitest';
import { z } from 'zod';
import { port, secretReference } from '../src/config/fields.js';
import { type Option, optionsOf, sizesOf } from '../tools/docs/options/option.js';

const lineOf = ({ path, kinds, allowed, required, default: value }: Option): string =>
  [path, allowed, value ?? (required ? 'required' : '-'), ...(kinds ?? [])].join(' | ');

const linesOf = (schema: z.ZodType): string[] => optionsOf(schema, undefined).map(lineOf);

test('an option has its path, its allowed values and its default', () => {
  const schema = z.strictObject({
    name: z.string().min(1),
    port: port.default(9100),
    labels: z.record(z.string(), z.string()).default({}),
    nested: z.strictObject({ on: z.boolean().optional() }).optional(),
    servers: z.array(z.strictObject({ host: z.string() })).default([]),
    byName: z.record(z.string(), z.strictObject({ count: z.int().min(1) })).optional(),
  });
  expect(linesOf(schema)).toEqual([
    'name | a string that is not empty | required',
    'port | a whole number from 1 to 65535 | 9100',
    'labels | an object | {}',
    'nested | an object | -',
    'nested.on | true or false | -',
    'servers | a list, each item an object with host | []',
    'servers[].host | a string | required',
    'byName | an object | -',
    'byName.NAME.count | a whole number of at least 1 | required',
  ]);
});

test('fields of some alternatives name these, and the kind is no field', () => {
  const schema = z.strictObject({
    at: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('pods'), labels: z.string(), port }),
      z.strictObject({ kind: z.literal('nodes'), port }),
    ]),
  });
  expect(linesOf(schema)).toEqual([
    "at | an object whose kind is 'pods' or 'nodes' | required",
    'at.labels | a string | required | pods',
    'at.port | a whole number from 1 to 65535 | required',
  ]);
});

test('a field that differs between alternatives is listed for each of them, with its own fields', () => {
  const tls = z.strictObject({ ca: z.string() });
  const schema = z.strictObject({
    servers: z.array(
      z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('postgres'), port: port.default(5432), tls }),
        z.strictObject({ kind: z.literal('mysql'), port: port.default(3306), tls }),
        z.strictObject({ kind: z.literal('redis'), port: port.default(6379), tls: tls.optional() }),
      ]),
    ),
  });
  expect(linesOf(schema).slice(1)).toEqual([
    'servers[].port | a whole number from 1 to 65535 | 5432 | postgres',
    'servers[].port | a whole number from 1 to 65535 | 3306 | mysql',
    'servers[].port | a whole number from 1 to 65535 | 6379 | redis',
    'servers[].tls | an object with ca | required | postgres | mysql',
    'servers[].tls.ca | a string | required',
    'servers[].tls | an object with ca | - | redis',
    'servers[].tls.ca | a string | required',
  ]);
});

test('a field of an alternative without a kind is not required', () => {
  const schema = z.strictObject({
    keep: z.union([
      z.enum(['all', 'used']),
      z.strictObject({ also: z.string() }),
      z.strictObject({ only: z.string() }),
    ]),
  });
  expect(linesOf(schema).slice(1)).toEqual([
    'keep.also | a string | -',
    'keep.only | a string | -',
  ]);
});

test('values that many options have are not repeated', () => {
  expect(
    linesOf(z.strictObject({ password: secretReference, all: z.array(secretReference) })),
  ).toEqual([
    'password | a [reference to a Secret](#references-to-secrets) | required',
    'all | a list, each item a [reference to a Secret](#references-to-secrets) | required',
  ]);
});

test('a schema that contains itself ends', () => {
  const route: z.ZodType = z.strictObject({
    matcher: z.string(),
    get routes() {
      return z.array(route).optional();
    },
  });
  expect(optionsOf(route, undefined).map(({ path }) => path)).toEqual(['matcher', 'routes']);
});

test('the sizes of a component are defaults of its options', () => {
  expect(sizesOf('alertmanager.replicas')).toEqual(['1', '3', '3']);
  expect(sizesOf('alertmanager.enabled')).toBeUndefined();
  expect(sizesOf('cluster.nodes')).toBeUndefined();
});
