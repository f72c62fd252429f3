import { describe, expect, test } from 'vitest';
import { probes } from '../../src/derive/probes.js';
import { health, metrics } from '../../src/model/offer.js';

describe('probes', () => {
  test('ask the page that is live when dead, and the page that is ready when not', () => {
    expect(
      probes({ web: { port: 80, offers: [health('/live', { ready: '/ready' })] } }),
    ).toMatchInlineSnapshot(`
      {
        "web": {
          "liveness": {
            "failureThreshold": 6,
            "path": "/live",
            "periodSeconds": 10,
            "port": 80,
            "scheme": "HTTP",
            "timeoutSeconds": 5,
          },
          "readiness": {
            "failureThreshold": 6,
            "path": "/ready",
            "periodSeconds": 5,
            "port": 80,
            "scheme": "HTTP",
            "timeoutSeconds": 5,
          },
        },
      }
    `);
  });

  test('ask one page for both where there is only one', () => {
    const { web } = probes({ web: { port: 80, offers: [metrics(), health('/live')] } });
    expect([web?.liveness.path, web?.readiness.path]).toEqual(['/live', '/live']);
  });

  test.each([
    [300, 60],
    [12, 3],
    [1, 1],
  ])('a start may take %i seconds, which is %i attempts', (startSeconds, failureThreshold) => {
    const { web } = probes({ web: { port: 80, offers: [health('/live', { startSeconds })] } });
    expect(web?.startup).toMatchObject({ path: '/live', periodSeconds: 5, failureThreshold });
  });

  test('without a time for the start there is no startup probe', () => {
    expect(probes({ web: { port: 80, offers: [health('/')] } }).web).not.toHaveProperty('startup');
  });

  test.each([
    [undefined, 'HTTP'],
    ['http', 'HTTP'],
    ['https', 'HTTPS'],
  ] as const)('an endpoint of the scheme %s is asked over %s', (scheme, expected) => {
    const { web } = probes({ web: { port: 80, scheme, offers: [health('/')] } });
    expect(web?.liveness.scheme).toBe(expected);
  });

  test('stand under the name of their endpoint, and only where health is offered', () => {
    const endpoints = {
      otlp: { port: 4317, offers: [metrics()] },
      admin: { port: 8888, offers: [health('/')] },
    };
    expect(Object.keys(probes(endpoints))).toEqual(['admin']);
    expect(probes(endpoints).admin?.liveness.port).toBe(8888);
  });
});
