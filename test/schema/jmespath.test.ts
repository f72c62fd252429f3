import { describe, expect, test } from 'vitest';
import { orgMappingFault, rolePathFault } from '../../src/schema/grafana/role.js';
import { jmespathFault } from '../../src/schema/jmespath/fault.js';

// The verdicts are those of github.com/jmespath-community/go-jmespath v1.1.1, which Grafana has.
describe('JMESPath is accepted', () => {
  test.each([
    'role',
    "'Viewer'",
    '`"Viewer"`',
    "contains(groups[*], 'admins') && 'Admin' || 'Viewer'",
    "contains(roles[*], 'a') && 'Admin' || contains(roles[*], 'b') && 'Editor' || 'None'",
    "(contains(a, 'b') || !c) && 'Editor' || ''",
    "groups[?starts_with(@, 'x')] | [0] && 'Admin'",
    "length(groups[?@ == 'x']) > `0` && 'Admin' || 'Viewer'",
    'resource_access.grafana.roles[0]',
    '"https://example.com/roles"[0]',
    "let $a = groups in contains($a, 'x') && 'Admin'",
    "contains(split(groups, ','), 'x') && 'Admin' || 'Viewer'",
    "contains(groups, 'it\\'s') && 'Admin'",
    'sort_by(a, &b)[0].c',
    'a[1:2][]',
    'a[::-1]',
    '*.b',
    'a.*',
    '[a, b]',
    '{ a: b, "c": d }',
    'a.[b, c] | a.{ d: e }',
    '@.a || $.b',
    'a + -b',
    'join(a b)',
    "{ a: 'b' c: 'd' }.a",
  ])('%s', (text) => {
    expect(jmespathFault(text)).toBeUndefined();
  });
});

describe('JMESPath is rejected', () => {
  test.each([
    ["contains(groups[*, 'admins') && 'Admin' || 'Viewer'", "',' is not allowed here (at"],
    ['', 'it is incomplete'],
    ['a ||', 'it is incomplete'],
    ["'Viewer", 'the quote is not closed'],
    ['"a', 'the quote is not closed'],
    ['`Viewer`', "a text is in single quotes, 'Viewer'"],
    ['"\\q"', 'no valid JSON'],
    ['a b', "'b' is not allowed here"],
    ['a..b', "'.' is not allowed here"],
    ['a.1', "'1' is not allowed here"],
    ["a.'b'", "'b' is not allowed here"],
    ['a[', 'it is incomplete'],
    ['a[b]', "'b' is not allowed here"],
    ['a[1:2:3:4]', "':' is not allowed here"],
    ['a!b', "'!' is not allowed here"],
    ['a[?b', 'it is incomplete'],
    ['"a"(b)', 'a function has no quotes'],
    ['a.b[0](c)', 'no function is named before it'],
    ['{ a }', "'}' is not allowed here"],
    ['{ a: b, }', "'}' is not allowed here"],
    ['a # b', "'#' is not allowed here"],
    ["role = 'Admin'", "'=' compares nothing"],
    ['$a', "no 'let' defines $a"],
    ["contain(groups, 'x')", "did you mean 'contains'?"],
    ['contains(groups)', "'contains' needs 2 arguments, and has 1"],
    ['length(a, b)', "'length' needs 1 arguments, and has 2"],
  ])('%s', (text, fault) => {
    expect(jmespathFault(text)).toContain(fault);
  });
});

test('a path for the role returns a role, where it returns a text', () => {
  const fault = (path: string) => rolePathFault(path)?.replace(/.*: '|' is no.*/g, '');
  expect(fault("a && 'Administrator' || 'Viewer'")).toBe('Administrator');
  expect(fault("a && 'Admin' || ('b' && 'Reader')")).toBe('Reader');
  expect(fault("a | 'viewr'")).toBe('viewr');
  expect(fault("a && 'grafanaadmin' || 'none' || ''")).toBeUndefined();
  expect(fault("a == 'Administrator' && 'Admin'")).toBeUndefined();
  expect(fault("contains(a, 'b') && role")).toBeUndefined();
});

describe('a path for the role', () => {
  test.each([
    ['"Viewer"', 'Viewer is a field of the token'],
    ["contains(groups, 'a') && \"Admin\" || 'Viewer'", 'Admin is a field of the token'],
    ["role == 'a' && Editor", 'Editor is a field of the token'],
    ['viewer', "did you mean 'Viewer'?"],
    ["contains(groups, 'admins')", "the result of 'contains' is not a text"],
    ["group == 'admins' || 'Viewer'", "the result of '==' is not a text"],
    ['!guest', "the result of '!' is not a text"],
  ])('%s is rejected', (path, fault) => {
    expect(rolePathFault(path)).toContain(fault);
  });

  // Grafana writes the first letter in upper case: getRoleFromSearch in social_base.go.
  test.each([
    "'viewer'",
    'role',
    '"https://example.com/role"',
    'Admin.role',
    'roles | viewer',
    "Viewer && 'Viewer'",
    "admin == 'x' && 'Admin'",
    "!guest && 'Viewer'",
    "contains(groups, 'admins') && role",
    'type(Admin)',
    "!(a == 'b') && 'Viewer' || `null`",
  ])('%s is accepted', (path) => {
    expect(rolePathFault(path)).toBeUndefined();
  });
});

test('organizations are mapped by entries with two or three parts and a role', () => {
  const accepted = [
    'a:1',
    'a:Main:Viewer',
    '*:*:Editor b:2:Admin,c:3:None',
    '["a b:Main Org.:Viewer"]',
    '"a b:Main Org.:Viewer" c:1',
    'a\\:b:1:Viewer',
  ];
  expect(accepted.map(orgMappingFault)).toEqual(accepted.map(() => undefined));
  const rejected = ['a', 'a:b:c:d', 'a::Viewer', 'a:1:viewer', 'a:1:Owner', '["a"', '[1]'];
  expect(rejected.filter((one) => orgMappingFault(one) === undefined)).toEqual([]);
});
