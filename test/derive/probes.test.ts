import { describe, expect, test } from 'vitest';
import { probes } from '../../src/derive/probes.js';
import { health, metrics } from '../../src/model/offer.js';

describe('probes', () => {
  test('request the live page for liveness, and the ready page for readiness', () => {
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

  test('request the same page for both if there is only one', () => {
    const { web } = probes({ web: { port: 80, offers: [metrics(), health('/live')] } });
    expect([web?.liveness.path, web?.readiness.path]).toEqual(['/live', '/live']);
  });

  test.each([
    [300, 60],
    [12, 3],
    [1, 1],
  ])('allow a start of %i seconds with %i attempts', (startSeconds, failureThreshold) => {
    const { web } = probes({ web: { port: 80, offers: [health('/live', { startSeconds })] } });
    expect(web?.startup).toMatchObject({ path: '/live', periodSeconds: 5, failureThreshold });
  });

  test('include no startup probe without a time for the start', () => {
    expect(probes({ web: { port: 80, offers: [health('/')] } }).web).not.toHaveProperty('startup');
  });

  test.each([
    [undefined, 'HTTP'],
    ['http', 'HTTP'],
    ['https', 'HTTPS'],
  ] as const)('of an endpoint with the scheme %s use %s', (scheme, expected) => {
    const { web } = probes({ web: { port: 80, scheme, offers: [health('/')] } });
    expect(web?.liveness.scheme).toBe(expected);
  });

  test('have the name of their endpoint, and exist only if it offers health', () => {
    const endpoints = {
      otlp: { port: 4317, offers: [metrics()] },
      admin: { port: 8888, offers: [health('/')] },
    };
    expect(Object.keys(probes(endpoints))).toEqual(['admin']);
    expect(probes(endpoints).admin?.liveness.port).toBe(8888);
  });
});
