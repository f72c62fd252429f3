import { expect, test } from 'vitest';
import { readme } from '../../src/output/readme.js';
import { build } from '../environment.js';
import { shop, withGateway } from './with-gateway.js';

test('the README names the gateway as the address for spans', () => {
  const text = readme(build(withGateway));
  expect(text).toContain('`crowsnest-otel-gateway.crowsnest.svc:4317` (gRPC)');
  expect(text).not.toContain('`crowsnest-jaeger.crowsnest.svc:4317`');
  expect(text).toContain('from shop');
});

test('after a choice, the README has the address at which applications send', () => {
  const direct = readme(build({ ...withGateway, choices: { 'shop.traces': 'jaeger' } }));
  expect(direct).toContain('`crowsnest-jaeger.crowsnest.svc:4317` (gRPC)');
  expect(direct).not.toContain('`crowsnest-otel-gateway.crowsnest.svc:4317`');
  const second = { ...shop, name: 'store' };
  const both = readme(
    build({
      ...withGateway,
      parties: [shop, second],
      choices: { 'shop.traces': 'jaeger' },
    }),
  );
  expect(both).toMatch(/`crowsnest-jaeger\.crowsnest\.svc:4317` \(gRPC\).*, from shop \|/);
  expect(both).toMatch(/`crowsnest-otel-gateway\.crowsnest\.svc:4317` \(gRPC\).*, from store \|/);
});

test('without an application, the README names only the gateway', () => {
  const text = readme(build({ ...withGateway, parties: [] }));
  expect(text).toContain('**No application can send spans, so otel-gateway receives none.**');
  expect(text).not.toContain('so jaeger receives none');
});
