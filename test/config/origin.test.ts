import { expect, test } from 'vitest';
import { originOf } from '../../src/config/origin.js';

const thrown = (...frames: string[]): Error =>
  Object.assign(new Error('no luck'), {
    stack: ['Error: no luck', ...frames.map((one) => `    at run (${one})`)].join('\n'),
  });

test.each([
  ['/home/me/shop/environments/one.ts:3:7', 'environments/one.ts'],
  // A folder of the user may be called scripts.
  ['/home/me/scripts/shop/environments/one.ts:3:7', 'environments/one.ts'],
])('the innermost file of the user is where an error was thrown: %s', (frame, file) => {
  const origin = originOf(
    thrown('/home/me/shop/node_modules/zod/index.js:1:2', frame, '/home/me/other.ts:9:9'),
  );
  expect(origin?.file).toContain(file);
  expect(origin?.line).toBe(3);
});

test('an error of packages and of the script that starts synth has no such place', () => {
  const frames = ['/home/me/node_modules/zod/index.js:1:2', `${process.argv[1]}:4:5`];
  expect(originOf(thrown(...frames))).toBeUndefined();
});
