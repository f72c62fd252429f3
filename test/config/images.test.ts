import { describe, expect, test } from 'vitest';
import { type Image, imageReference, images } from '../../src/config/images.js';

const all = Object.entries<Image>(images).map(([name, image]) => ({ name, image }));

describe('an image', () => {
  test.each(all)('runs as a numeric user: $name', ({ image }) => {
    expect(image.user).toBeGreaterThanOrEqual(0);
    expect(image.group).toBeGreaterThanOrEqual(0);
  });

  test('runs as root in cAdvisor alone', () => {
    expect(all.filter(({ image }) => image.user === 0).map(({ name }) => name)).toEqual([
      'cadvisor',
    ]);
  });

  test.each(all)(
    'has a release for its tag, of which the Dockerfile is known: $name',
    ({ image }) => {
      const [, release] = /^(v?\d+\.\d+\.\d+)(-distroless)?$/.exec(image.tag) ?? [];
      expect(image.dockerfile).toMatch(/^https:\/\/github\.com\/.*Dockerfile/);
      expect(image.dockerfile).toContain(`/v${release?.replace('v', '')}/`);
      expect(image.entrypoint).toMatch(/^\//);
    },
  );

  test.each(all)('has no shell where it is distroless: $name', ({ image }) => {
    expect(image.shell && image.tag.endsWith('-distroless')).toBe(false);
  });
});

describe('a reference', () => {
  const image = images['node-exporter'];

  test('names the registry, the repository and the tag', () => {
    expect(imageReference(image)).toBe(`quay.io/prometheus/node-exporter:${image.tag}`);
  });

  test.each([
    ['registry.example.com', 'registry.example.com/prometheus/node-exporter'],
    ['registry.example.com:5000', 'registry.example.com:5000/prometheus/node-exporter'],
    ['registry.example.com/a/b', 'registry.example.com/a/b/prometheus/node-exporter'],
  ])('through the mirror %s has it in place of the registry', (mirror, repository) => {
    expect(imageReference(image, mirror)).toBe(`${repository}:${image.tag}`);
  });

  test('through a mirror is no other image’s as well', () => {
    const references = all.map((one) => imageReference(one.image, 'registry.example.com'));
    expect(new Set(references).size).toBe(all.length);
  });
});
