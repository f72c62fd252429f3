import { expect, test } from 'vitest';
import { unabbreviated } from '../../src/model/abbreviation.js';

const names = ['authorizationUrl', 'tokenUrl', 'userInfoUrl', 'clientId', 'rolePath', 'retention'];

test.each([
  ['authUrl', 'authorizationUrl'],
  ['auth_url', 'authorizationUrl'],
  ['token-url', 'tokenUrl'],
  ['CLIENT_ID', 'clientId'],
])('%s is another form of %s', (name, candidate) => {
  expect(unabbreviated(name, names)).toBe(candidate);
});

test.each(['url', 'auUrl', 'apiUrl', 'ret', ''])('%j is no other form of a name', (name) => {
  expect(unabbreviated(name, names)).toBe(name === 'ret' ? 'retention' : undefined);
});

test('an abbreviation of several names suggests none', () => {
  expect(unabbreviated('conf', ['config', 'confirm'])).toBeUndefined();
});
