import { describe, expect, test } from 'vitest';
import images from '../../src/checks/images.js';
import { build, minimal } from '../environment.js';
import { full } from './full.js';
import { changed, inputOf, manifestOf, type Spoilt } from './input.js';

const stack = build(minimal);
const title = 'StatefulSet crowsnest/crowsnest-jaeger';
const path = 'spec.template.spec.containers[0].image';
const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

const container = (object: Spoilt) => object.spec.template.spec.containers[0];
const run = (image: unknown) =>
  images.run(changed(stack, title, (object) => (container(object).image = image)));

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

describe('an image is not pinned', () => {
  test.each([
    ['docker.io/jaegertracing/jaeger', 'The image has neither a tag nor a digest.'],
    ['registry.example.com:5000/jaeger', 'The image has neither a tag nor a digest.'],
    ['jaegertracing/jaeger:latest', "The tag 'latest' is no version."],
    ['jaegertracing/jaeger:main', "The tag 'main' is no version."],
    ['jaegertracing/jaeger:x2.20.0', "The tag 'x2.20.0' is no version."],
    ['jaegertracing/jaeger:2', "The tag '2' is no version."],
    ['jaegertracing/jaeger:', 'This is no reference to an image.'],
    ['jaegertracing/Jaeger:2.20.0', 'This is no reference to an image.'],
    ['jaeger:2.20.0@sha256:abc', 'This is no reference to an image.'],
    [' jaeger:2.20.0', 'This is no reference to an image.'],
    [undefined, 'This is no reference to an image.'],
    [7, 'This is no reference to an image.'],
  ])('as %j', (image, message) => {
    const { construct } = manifestOf(stack, title);
    expect(run(image)).toEqual([
      expect.objectContaining({
        severity: 'error',
        place: { object: title, construct, path },
        message,
        value: image,
      }),
    ]);
  });
});

test('an image runs in one version, in init containers and volumes too', () => {
  const other = (change: (object: Spoilt) => unknown) =>
    images.run(changed(stack, title, change)).map(({ message, value }) => [message, value]);
  const grafana = 'docker.io/grafana/grafana:13.1.0';
  const expected = [
    ['StatefulSet crowsnest/crowsnest-grafana runs another version of it.', grafana],
  ];
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

test('an image has its digest everywhere or nowhere', () => {
  const found = run(`docker.io/grafana/grafana:13.2.0@${digest}`);
  expect(found.map(({ message }) => message)).toEqual([
    'StatefulSet crowsnest/crowsnest-grafana runs the same version without a digest.',
  ]);
});

test('an image that is never pulled cannot start on a new node', () => {
  const input = changed(stack, title, (object) => (container(object).imagePullPolicy = 'Never'));
  expect(images.run(input).map(({ place }) => place.path)).toEqual([`${path}PullPolicy`]);
});
