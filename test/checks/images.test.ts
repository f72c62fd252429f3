import { describe, expect, test } from 'vitest';
import images from '../../src/checks/pods/images.js';
import { build, minimal } from '../environment.js';
import { full } from './full.js';
import { changed, inputOf, type Mutable, manifestOf } from './input.js';

const stack = build(minimal);
const title = 'StatefulSet crowsnest/crowsnest-jaeger';
const path = 'spec.template.spec.containers[0].image';
const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

const container = (object: Mutable) => object.spec.template.spec.containers[0];
const all = (image: unknown) =>
  images.run(changed(stack, title, (object) => (container(object).image = image)));
const run = (image: unknown) => all(image).filter(({ severity }) => severity === 'error');

test('the images of a minimal and of a full environment are pinned', () => {
  for (const options of [minimal, full]) expect(images.run(inputOf(build(options)))).toEqual([]);
});

test.each([
  'docker.io/jaegertracing/jaeger:2.20.0',
  'jaeger:v2.20',
  'registry.example.com:5000/a/b:release-1.2.3-distroless',
  'registry.example.com/minio:RELEASE.2026-01-02T03-04-05Z',
  `registry.example.com/jaeger@${digest}`,
  `registry.example.com/jaeger:2.20.0@${digest}`,
])('%s is pinned', (image) => {
  expect(run(image)).toEqual([]);
});

describe('an image is reported as not pinned', () => {
  test.each([
    ['docker.io/jaegertracing/jaeger', 'unpinned'],
    ['registry.example.com:5000/jaeger', 'unpinned'],
    ['jaegertracing/jaeger:latest', 'unpinned'],
    ['jaegertracing/jaeger:main', 'unpinned'],
    ['jaegertracing/jaeger:x2.20.0', 'unpinned'],
    ['jaegertracing/jaeger:2', 'unpinned'],
    ['jaegertracing/jaeger:', 'invalid-reference'],
    ['jaegertracing/Jaeger:2.20.0', 'invalid-reference'],
    ['jaeger:2.20.0@sha256:abc', 'invalid-reference'],
    [' jaeger:2.20.0', 'invalid-reference'],
    [undefined, 'invalid-reference'],
    [7, 'invalid-reference'],
  ])('if it is %j', (image, fault) => {
    const { construct } = manifestOf(stack, title);
    expect(run(image)).toEqual([
      expect.objectContaining({
        severity: 'error',
        place: { object: title, construct, path },
        fault,
        value: image,
      }),
    ]);
  });
});

test('an image must have one version, also in init containers and volumes', () => {
  const other = (change: (object: Mutable) => unknown) =>
    images
      .run(changed(stack, title, change))
      .filter(({ severity }) => severity === 'error')
      .map(({ fault, value }) => [fault, value]);
  const grafana = 'docker.io/grafana/grafana:13.1.0';
  const expected = [['other-version', grafana]];
  expect(other((object) => (container(object).image = grafana))).toEqual(expected);
  expect(
    other(({ spec }) => (spec.template.spec.initContainers = [{ name: 'a', image: grafana }])),
  ).toEqual(expected);
  expect(
    other(({ spec }) =>
      spec.template.spec.volumes.push({ name: 'a', image: { reference: grafana } }),
    ),
  ).toEqual(expected);
});

test('an image must have its digest everywhere or nowhere', () => {
  const found = run(`docker.io/grafana/grafana:13.2.0@${digest}`);
  expect(found.map(({ fault }) => fault)).toEqual(['pinned-differently']);
});

test('an image that is never pulled is reported: it cannot start on a new node', () => {
  const input = changed(stack, title, (object) => (container(object).imagePullPolicy = 'Never'));
  expect(images.run(input).map(({ place }) => place.path)).toEqual([`${path}PullPolicy`]);
});

describe('the version label', () => {
  const label = "labels['app.kubernetes.io/version']";

  test('of the workload and of its pods is reported if the image has another version', () => {
    expect(
      all('jaegertracing/jaeger:v2.21.0').map(({ severity, place, value }) => [
        severity,
        place.path,
        value,
      ]),
    ).toEqual([
      ['warning', `metadata.${label}`, '2.20.0'],
      ['warning', `spec.template.metadata.${label}`, '2.20.0'],
    ]);
  });

  test.each([`jaeger@${digest}`, 'jaeger:2026-01-02', 'jaeger:v2.20.0-distroless'])(
    'has no finding with %s',
    (image) => {
      expect(all(image)).toEqual([]);
    },
  );
});
