import { z } from 'zod';
import type { Random } from './random.js';

const words: readonly string[] = [
  'shop',
  'a text of some length',
  'Shop',
  'ShopDown',
  'shop.svc',
  'web.shop.svc',
  'shop.example.com',
  'https://shop.example.com/a',
  'http://web.shop.svc:8080/',
  'team@example.com',
  'smtp.example.com:587',
  '10.1.0.0/16',
  '10.1.2.3/32',
  '10.1.2.3',
  '30s',
  '5m',
  '1h30m',
  '15d',
  '72h',
  '250m',
  '512Mi',
  '10Gi',
  '/metrics',
  '/etc/shop/a.yml',
  'up',
  'up == 0',
  'sum by (job) (rate(prometheus_http_requests_total[5m]))',
  'prometheus_.*',
  'severity="critical"',
  'job',
  'example.com/team',
  'orders_total',
  'pods',
  'metrics',
  'promql',
  'shop.tmpl',
  '{{ .CommonLabels.alertname }}',
  'short',
  '9090',
  '22:00',
  'GET',
  'v1',
  'Bearer',
];

const fitting = new WeakMap<z.ZodType, readonly string[]>();

const textOf = (schema: z.ZodType, random: Random): string => {
  const known = fitting.get(schema) ?? words.filter((word) => schema.safeParse(word).success);
  fitting.set(schema, known);
  return known.length > 0 ? random.pick(known) : random.pick(words);
};

const numberOf = (schema: z.ZodType, random: Random): number => {
  const found = [1, 0, 2, 5, 80, 443, 9090, 0.5, 60].filter((one) => schema.safeParse(one).success);
  return found.length > 0 ? random.pick(found) : 1;
};

/** A random value of the form that a schema describes; rules between its fields can reject it. */
export const valueFor = (schema: unknown, random: Random, depth = 0): unknown => {
  const inner = (one: unknown): unknown => valueFor(one, random, depth + 1);
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    return random.chance(depth > 6 ? 0 : 0.35) ? inner(schema.unwrap()) : undefined;
  }
  if (schema instanceof z.ZodPrefault || schema instanceof z.ZodNullable) {
    return inner(schema.unwrap());
  }
  if (schema instanceof z.ZodLazy) return inner(schema.unwrap());
  if (schema instanceof z.ZodPipe) return inner(schema.def.in);
  if (schema instanceof z.ZodObject) {
    return Object.fromEntries(
      Object.entries(schema.shape)
        .map(([key, one]) => [key, inner(one)] as const)
        .filter(([, value]) => value !== undefined),
    );
  }
  if (schema instanceof z.ZodArray) {
    return Array.from({ length: 1 + random.below(2) }, () => inner(schema.element));
  }
  if (schema instanceof z.ZodRecord) {
    const count = random.below(3);
    return Object.fromEntries(
      Array.from({ length: count }, () => [
        textOf(schema.keyType as unknown as z.ZodType, random),
        inner(schema.valueType),
      ]),
    );
  }
  if (schema instanceof z.ZodUnion) return inner(random.pick(schema.options));
  if (schema instanceof z.ZodLiteral) return random.pick([...schema.values]);
  if (schema instanceof z.ZodEnum) return random.pick(schema.options);
  if (schema instanceof z.ZodBoolean) return random.chance(0.5);
  if (schema instanceof z.ZodNumber) return numberOf(schema, random);
  return schema instanceof z.ZodType ? textOf(schema, random) : undefined;
};
