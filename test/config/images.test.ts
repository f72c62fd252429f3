import { describe, expect, test } from 'vitest';
import { images } from '../../src/components/index.js';
import { imageReference } from '../../src/config/image.js';

const all = Object.entries(images).map(([name, image]) => ({ name, image }));

describe('an image', () => {
  test.each(all)('runs as a numeric user: $name', ({ image }) => {
    expect(image.user).toBeGreaterThanOrEqual(0);
    expect(image.group).toBeGreaterThanOrEqual(0);
  });

  test.each(all)('has a release as its tag, with a known Dockerfile: $name', ({ image }) => {
    const [, release] = /^(v?\d+\.\d+\.\d+)(-distroless|-slim-trixie)?$/.exec(image.tag) ?? [];
    expect(image.dockerfile).toMatch(/^https:\/\/github\.com\/.*Dockerfile/);
    // docker-library has no tags, but a commit for each release.
    expect(image.dockerfile).toMatch(
      new RegExp(`/(v${release?.replace('v', '')}|[0-9a-f]{40})/`.replaceAll('.', '\\.')),
    );
    expect(image.entrypoint).toMatch(/^\//);
  });

  test.each(all)('has no shell if it is distroless: $name', ({ image }) => {
    expect(image.shell && image.tag.endsWith('-distroless')).toBe(false);
  });
});

describe('an image reference', () => {
  const image = images['node-exporter']!;

  test('has a registry, a repository and a tag', () => {
    expect(imageReference(image)).toBe(`quay.io/prometheus/node-exporter:${image.tag}`);
  });

  test.each([
    ['registry.example.com', 'registry.example.com/prometheus/node-exporter'],
    ['registry.example.com:5000', 'registry.example.com:5000/prometheus/node-exporter'],
    ['registry.example.com/a/b', 'registry.example.com/a/b/prometheus/node-exporter'],
  ])('with the mirror %s has the mirror instead of the registry', (mirror, repository) => {
    expect(imageReference(image, mirror)).toBe(`${repository}:${image.tag}`);
  });

  test('with a mirror is different for each image', () => {
    const references = all.map((one) => imageReference(one.image, 'registry.example.com'));
    expect(new Set(references).size).toBe(all.length);
  });
});
