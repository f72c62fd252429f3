import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { lockText, readLock } from '../../src/images/lock.js';
import { imagesIn, pinImages } from '../../src/images/pin.js';
import { build, minimal } from '../environment.js';
import { fill, temporaryFolder } from '../output/folder.js';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
const read = (text: string) =>
  readLock(join(fill(temporaryFolder(), { 'images.lock': text }), 'images.lock'));

describe('a lock file', () => {
  test('is sorted, and read as it was written', () => {
    const lock = { 'quay.io/b:1.2.3': digest, 'docker.io/a:1.2': digest };
    const text = lockText(lock);
    expect(text.split('\n').slice(1)).toEqual([
      expect.stringMatching(/^"?docker\.io\/a:1\.2"?: /),
      expect.stringMatching(/^"?quay\.io\/b:1\.2\.3"?: /),
      '',
    ]);
    expect(read(text)).toEqual({ lock, findings: [] });
  });

  test('need not exist', () => {
    expect(readLock(join(temporaryFolder(), 'images.lock'))).toEqual({ findings: [] });
  });

  test.each([
    ['- a list', undefined],
    ['a: [', undefined],
    [`docker.io/a:1.2: ${digest}\nquay.io/b:1.2.3: sha256:12ab\n`, 2],
    [`docker.io/a: ${digest}\n`, 1],
    [`docker.io/a:1.2@${digest}: ${digest}\n`, 1],
  ])('is rejected with its line: %j', (text, line) => {
    const [finding, ...others] = read(text).findings;
    expect([finding?.code, finding?.place.line, others]).toEqual(['config/invalid-lock', line, []]);
  });
});

describe('the images of manifests', () => {
  const { manifests } = build(minimal);
  const images = imagesIn(manifests);

  test('get the digests of the lock file, also those of init containers', () => {
    const lock = Object.fromEntries(images.map((one) => [one, digest]));
    expect(imagesIn(pinImages(manifests, lock))).toEqual(images.map((one) => `${one}@${digest}`));
  });

  test('stay as they are if the lock file does not have them, or they have a digest', () => {
    const [first = '', ...others] = images;
    const pinned = pinImages(manifests, { [first]: digest });
    const expected = [`${first}@${digest}`, ...others].sort();
    expect(imagesIn(pinned)).toEqual(expected);
    expect(imagesIn(pinImages(pinned, { [first]: digest }))).toEqual(expected);
  });

  test('are found in volumes too', () => {
    const volume = { name: 'model', image: { reference: 'registry.example.com/model:1.2.3' } };
    const pod = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'a', namespace: 'b' },
      spec: { template: { spec: { containers: [], volumes: [volume] } } },
    };
    const pinned = pinImages([{ object: pod, construct: '', chart: '', patched: false }], {
      'registry.example.com/model:1.2.3': digest,
    });
    expect(imagesIn(pinned)).toEqual([`registry.example.com/model:1.2.3@${digest}`]);
  });
});
