import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { type TargetLabels, targetsOf } from '../../src/derive/targets.js';
import type { Location } from '../../src/model/location.js';
import { metrics } from '../../src/model/offer.js';
import { connection, pods } from './declare.js';

const targetsAt = (
  at: Location,
  { labels = 'itself', host, own }: { labels?: TargetLabels; host?: string; own?: boolean } = {},
) => targetsOf(connection({ port: 8080, host, offers: [metrics()] }, { at, own }), labels);

/** The labels that are added to a target, without its address. */
const written = (...parameters: Parameters<typeof targetsAt>) =>
  targetsAt(...parameters).relabel_configs?.flatMap(({ target_label }) =>
    target_label && target_label !== '__address__' ? target_label : [],
  );

/** The address of a discovered target after relabelling. */
const addressOf = (discovered: string, own: boolean): string =>
  targetsAt(pods('shop', 'cart'), { own })
    .relabel_configs!.filter(({ target_label }) => target_label === '__address__')
    .reduce(
      (address, { regex, replacement }) =>
        address.replace(new RegExp(`^(?:${regex})$`), replacement!),
      discovered,
    );

describe('pods', () => {
  test('are discovered by their labels in their namespace, with any declared ports', () => {
    expect(stringify(targetsAt(pods('shop', 'cart')))).toMatchInlineSnapshot(`
      "kubernetes_sd_configs:
        - role: pod
          namespaces:
            names:
              - shop
          selectors:
            - role: pod
              label: app=cart
      relabel_configs:
        - source_labels:
            - __meta_kubernetes_pod_phase
          regex: Pending|Succeeded|Failed|Unknown
          action: drop
        - source_labels:
            - __address__
          regex: (\\[.+\\]|[^:]+)(?::\\d+)?
          target_label: __address__
          replacement: $1:8080
        - source_labels:
            - __address__
          regex: ([0-9a-fA-F:]+)
          target_label: __address__
          replacement: "[$1]:8080"
        - source_labels:
            - __meta_kubernetes_namespace
          target_label: namespace
        - source_labels:
            - __meta_kubernetes_pod_name
          target_label: pod
        - source_labels:
            - __meta_kubernetes_pod_node_name
          target_label: node
      "
    `);
  });

  test('with several labels must have all of them', () => {
    const at = { ...pods('shop', 'cart'), labels: { app: 'cart', tier: 'web' } };
    expect(targetsAt(at).kubernetes_sd_configs?.[0]?.selectors).toEqual([
      { role: 'pod', label: 'app=cart,tier=web' },
    ]);
  });

  test('on the host network are discovered like other pods', () => {
    expect(targetsAt(pods('shop', 'cart', true))).toEqual(targetsAt(pods('shop', 'cart')));
  });

  test.each<[TargetLabels, string[]]>([
    ['itself', ['namespace', 'pod', 'node']],
    ['node', ['node']],
    ['cluster', []],
  ])('with series about %s have the labels %j', (labels, expected) => {
    expect(written(pods('shop', 'cart'), { labels })).toEqual(expected);
  });
});

describe('the address of a pod', () => {
  test.each([
    ['10.1.2.3:9000', '10.1.2.3:8080'],
    ['10.1.2.3', '10.1.2.3:8080'],
    ['[fd00::7]:9000', '[fd00::7]:8080'],
  ])('%s becomes %s', (discovered, address) => {
    expect(addressOf(discovered, true)).toBe(address);
    expect(addressOf(discovered, false)).toBe(address);
  });

  test.each(['fd00::7', '2001:db8:1:2:3:4:5:6', '::1', 'fd00::dead:beef'])(
    'is put in brackets for a bare %s, if a foreign pod declares no port',
    (discovered) => {
      expect(addressOf(discovered, false)).toBe(`[${discovered}]:8080`);
    },
  );

  test('of the stack is never bare, so no step is needed for it', () => {
    const steps = (own: boolean) => targetsAt(pods('shop', 'cart'), { own }).relabel_configs!;
    expect(steps(false)).toHaveLength(steps(true).length + 1);
    expect(stringify(steps(true))).not.toContain('[$1]');
  });
});

describe('a process on every node', () => {
  test('is discovered by the nodes', () => {
    expect(stringify(targetsAt({ kind: 'nodes' }))).toMatchInlineSnapshot(`
      "kubernetes_sd_configs:
        - role: node
      relabel_configs:
        - source_labels:
            - __address__
          regex: (\\[.+\\]|[^:]+)(?::\\d+)?
          target_label: __address__
          replacement: $1:8080
        - source_labels:
            - __meta_kubernetes_node_name
          target_label: node
      "
    `);
  });

  test.each<[TargetLabels, string[]]>([
    ['itself', ['node']],
    ['node', ['node']],
    ['cluster', []],
  ])('with series about %s has the labels %j', (labels, expected) => {
    expect(written({ kind: 'nodes' }, { labels })).toEqual(expected);
  });
});

describe('addresses', () => {
  const addresses = { kind: 'addresses', cidrs: ['10.0.0.0/28'] } as const;

  test('behind a Service are discovered by its EndpointSlices', () => {
    const service = { namespace: 'default', name: 'kubernetes' };
    expect(stringify(targetsAt({ ...addresses, service }))).toMatchInlineSnapshot(`
      "kubernetes_sd_configs:
        - role: endpointslice
          namespaces:
            names:
              - default
          selectors:
            - role: endpointslice
              label: kubernetes.io/service-name=kubernetes
      relabel_configs:
        - source_labels:
            - __address__
          regex: (\\[.+\\]|[^:]+)(?::\\d+)?
          target_label: __address__
          replacement: $1:8080
      "
    `);
  });

  test('without a Service are one target, by their host', () => {
    expect(targetsAt(addresses, { host: 'db.example.com' })).toEqual({
      static_configs: [{ targets: ['db.example.com:8080'] }],
    });
  });

  test('with neither are a programming error', () => {
    expect(() => targetsAt(addresses)).toThrow(
      "Party 'cart' offers metrics at addresses: its endpoint needs a host",
    );
  });
});
