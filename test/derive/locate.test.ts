import { describe, expect, test } from 'vitest';
import { locate } from '../../src/derive/locate.js';
import type { OwnLocation } from '../../src/model/location.js';
import type { Component } from '../../src/model/party.js';
import { names, party } from './declare.js';

const component = (workloads?: Readonly<Record<string, OwnLocation>>): Component => ({
  name: 'collector',
  ...(workloads && { workloads }),
  endpoints: {},
  consumes: [],
  render: () => {},
});

describe('a component', () => {
  test('without workloads has one with its own name in the namespace of the stack', () => {
    expect(locate(component(), names).workloads).toMatchInlineSnapshot(`
      {
        "collector": {
          "kind": "pods",
          "labels": {
            "app.kubernetes.io/component": "collector",
            "app.kubernetes.io/instance": "nest",
            "app.kubernetes.io/name": "collector",
          },
          "namespace": "watch",
        },
      }
    `);
  });

  test('has workloads at the declared locations', () => {
    const { workloads } = locate(
      component({
        reader: { kind: 'own', namespace: 'stack' },
        agent: { kind: 'own', namespace: 'nodeAgents', hostNetwork: true },
      }),
      names,
    );
    expect(workloads.reader).toMatchObject({
      namespace: 'watch',
      labels: { 'app.kubernetes.io/component': 'reader' },
    });
    expect(workloads.reader).not.toHaveProperty('hostNetwork');
    expect(workloads.agent).toMatchObject({ namespace: 'watch-agents', hostNetwork: true });
  });

  test('is marked as part of the stack', () => {
    expect(locate(component(), names).own).toBe(true);
  });
});

test('a foreign party keeps its location', () => {
  const { own, ...cart } = party('cart');
  expect(locate(cart, names)).toEqual({ ...cart, own: false });
});
