import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fileErrorOf } from '../../src/model/file-error.js';

const reasonOf = (work: () => unknown): string | undefined => {
  try {
    work();
  } catch (error) {
    return fileErrorOf(error);
  }
  return 'no error';
};

test('the reason why a file cannot be read is in words', () => {
  expect(reasonOf(() => readFileSync('/nothing/there'))).toBe('it does not exist');
  expect(reasonOf(() => readFileSync('/'))).toBe('it is a folder');
  const denied = Object.assign(new Error('EACCES'), { code: 'EACCES', syscall: 'open' });
  expect(fileErrorOf(denied)).toBe('you do not have the permission');
  expect(fileErrorOf(Object.assign(denied, { code: 'EIO' }))).toBe('EIO');
});

test.each([[new TypeError('x')], [undefined], ['text'], [{ code: 'ERR_ENCODING' }]])(
  'another error has no such reason: %s',
  (error) => {
    expect(fileErrorOf(error)).toBeUndefined();
  },
);
