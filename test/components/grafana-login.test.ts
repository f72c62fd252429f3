import { describe, expect, test } from 'vitest';
import { judge } from '../../src/components/grafana/judge.js';
import { full } from '../checks/full.js';

const google = {
  name: 'Google',
  clientId: 'grafana',
  clientSecret: { secret: 'grafana', key: 'oidc' },
  authorizationUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
  tokenUrl: 'https://oauth2.googleapis.com/token',
  userInfoUrl: 'https://openidconnect.googleapis.com/v1/userinfo',
  scopes: 'openid email',
  rolePath: "'Viewer'",
};

const page = (authorizationUrl: string) => ({ ...google, authorizationUrl });

const faultsOf = (oidc: typeof google, exposure = {}) =>
  judge({ options: { oidc, settings: {} }, environment: { exposure } } as never).map(
    ({ fault, place }) => [fault, place.path],
  );

describe('anybody can log in', () => {
  test.each([
    ['at Google', google],
    ['at GitHub', page('https://github.com/login/oauth/authorize')],
    ['at GitLab', page('https://gitlab.com/oauth/authorize')],
    [
      'with any account of Microsoft',
      page('https://login.microsoftonline.com/common/oauth2/v2.0/authorize'),
    ],
    [
      'with an address at a public domain',
      { ...google, allowedDomains: ['example.com', 'gmail.com'] },
    ],
    [
      'if the last alternative is a role',
      { ...google, rolePath: "contains(groups[*], 'admins') && 'Admin' || 'Viewer'" },
    ],
    ['if the role is a JSON literal', { ...google, rolePath: '`"Editor"`' }],
  ])('%s', (_, oidc) => {
    expect(faultsOf(oidc)).toEqual([['open-login', 'oidc']]);
  });

  test('is an error if Grafana is exposed', () => {
    expect(faultsOf(google, { grafana: full.exposure.grafana })).toEqual([
      ['exposed-login', 'oidc'],
    ]);
  });
});

describe('only known users can log in', () => {
  test.each([
    ['at an own provider', page('https://login.example.com/authorize')],
    ['at an own GitLab', page('https://gitlab.example.com/oauth/authorize')],
    [
      'of one tenant of Microsoft',
      page('https://login.microsoftonline.com/8a5e7c7e-0000/oauth2/v2.0/authorize'),
    ],
    ['with an address of a domain', { ...google, allowedDomains: ['example.com'] }],
    ['of a group', { ...google, allowedGroups: ['platform'] }],
    [
      'with a role by a condition',
      { ...google, rolePath: "contains(email, '@example.com') && 'Viewer'" },
    ],
    ['with a role from a claim', { ...google, rolePath: 'role' }],
    [
      'or others have no role',
      { ...google, rolePath: "contains(groups[*], 'admins') && 'Admin' || 'None'" },
    ],
  ])('%s', (_, oidc) => {
    expect(faultsOf(oidc)).toEqual([]);
    expect(faultsOf(oidc, { grafana: full.exposure.grafana })).toEqual([]);
  });
});
