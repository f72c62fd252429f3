import { describe, expect, test } from 'vitest';
import { full } from '../checks/full.js';
import type { Mutable } from '../checks/input.js';
import { build, minimal } from '../environment.js';

describe.each([
  ['the required options', build(minimal)],
  ['everything', build(full)],
])('in an environment with %s', (_, { manifests }) => {
  const objects: Mutable[] = manifests.map(({ object }) => object);
  const pods = objects.flatMap(({ metadata, spec }) =>
    spec?.template?.spec
      ? [
          {
            name: metadata.name,
            spec: spec.template.spec,
            // Objects of containers that run as root have an annotation with the reason.
            root: metadata.annotations?.['crowsnest/exception-root'] !== undefined,
          },
        ]
      : [],
  );
  const containers = pods.flatMap(({ name, spec, root }) =>
    [...(spec.initContainers ?? []), ...spec.containers].map((container) => ({
      title: `${name}: ${container.name}`,
      container,
      root,
    })),
  );

  test('only cadvisor and the log agent run as root', () => {
    const roots = pods.flatMap(({ name, root }) => (root ? [name] : []));
    expect(roots).toEqual(
      pods.flatMap(({ name }) => (/-(cadvisor|log-agent)$/.test(name) ? [name] : [])),
    );
  });

  test.each(containers)('$title has only the rights that it needs', ({ container, root }) => {
    expect(container.securityContext).toMatchObject({
      runAsNonRoot: !root,
      runAsUser: expect.any(Number),
      runAsGroup: expect.any(Number),
      readOnlyRootFilesystem: true,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(container.securityContext.runAsUser > 0).toBe(!root);
    expect(container.securityContext).not.toHaveProperty('privileged');
    expect(container.securityContext.capabilities).not.toHaveProperty('add');
  });

  test.each(containers)('$title requests CPU and memory, and has no CPU limit', ({ container }) => {
    const { requests, limits } = container.resources;
    expect(Object.keys(requests)).toEqual(['cpu', 'memory']);
    expect(Object.keys(limits)).toEqual(['memory']);
  });

  test.each(containers)('$title has no subPath mount, which would not be updated', (one) => {
    for (const mount of one.container.volumeMounts ?? []) {
      expect(Object.keys(mount)).not.toEqual(
        expect.arrayContaining([expect.stringMatching(/^subPath/)]),
      );
    }
  });

  test.each(pods)('$name has a token only through a projected volume', ({ spec, root }) => {
    expect(spec.automountServiceAccountToken).toBe(false);
    expect(spec.securityContext.runAsNonRoot).toBe(root ? undefined : true);
  });

  test('no Secret ships', () => {
    expect(objects.filter(({ kind }) => kind === 'Secret')).toEqual([]);
  });

  test('no ConfigMap contains a credential: each is read from a file', () => {
    const texts = objects
      .filter(({ kind }) => kind === 'ConfigMap')
      .flatMap(({ data }) => Object.values<string>(data ?? {}));
    const credentials = texts
      .flatMap((text) => text.split('\n'))
      .flatMap((line) => {
        const [, key = '', value = ''] = /^[\s-]*([\w-]+)\s*[:=]\s*(\S.*)$/.exec(line) ?? [];
        // The token URL of a login provider is no secret, nor is the setting for refresh tokens, nor a label.
        if (['token_url', 'labelFromKey'].includes(key) || /^(true|false)$/.test(value)) return [];
        return /password|passwd|secret|token|credential|[a-z]_?key(_file)?$|url_file/i.test(key)
          ? [value]
          : [];
      });
    expect(credentials.length).toBeGreaterThan(0);
    for (const value of credentials) expect(value).toMatch(/^(\/.+|\$__file\{\/.+\})$/);
  });

  test('no argument contains a credential', () => {
    const texts: string[] = containers.flatMap(({ container }) => container.args ?? []);
    expect(texts.length).toBeGreaterThan(5);
    for (const text of texts)
      expect(text).not.toMatch(/(password|secret|credential|key)[^/]*=[^/]/i);
    for (const text of texts) expect(text).not.toMatch(/:\/\/[^/]*@/);
  });

  test('budgets exist only for workloads with several replicas, and allow one eviction at a time', () => {
    const titles = (list: Mutable[]): string[] =>
      list.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`).sort();
    const budgets = objects.filter(({ kind }) => kind === 'PodDisruptionBudget');
    expect(titles(budgets)).toEqual(titles(objects.filter(({ spec }) => spec?.replicas > 1)));
    for (const { spec } of budgets) expect(spec.maxUnavailable).toBe(1);
  });

  test('no variable contains a credential', () => {
    const variables = containers.flatMap(({ container }) => container.env ?? []);
    // A reference to a Secret has no value.
    for (const { name, value } of variables)
      if (value !== undefined) expect(name).not.toMatch(/password|secret|token|key/i);
  });
});
