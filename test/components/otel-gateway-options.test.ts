import { expect, test } from 'vitest';
import { build, minimal } from '../environment.js';

test('a volume needs room for the largest request: 256Mi is enough', () => {
  const findingsOf = (volume: string) =>
    build({ ...minimal, otelGateway: { enabled: true, volume } }).findings;
  expect(findingsOf('256Mi')).toEqual([]);
  expect(findingsOf('255Mi')).toMatchObject([
    { code: 'config/invalid-value', place: { path: 'otelGateway.volume' }, value: '255Mi' },
  ]);
});

test('a slow trace that is decided before it ends is a warning', () => {
  const findingsOf = (slow: string, wait?: string) =>
    build({ ...minimal, otelGateway: { enabled: true, sampling: { slow, ...(wait && { wait }) } } })
      .findings;
  expect(findingsOf('9s')).toEqual([]);
  expect(findingsOf('30s', '31000ms')).toEqual([]);
  expect(findingsOf('10000ms')).toMatchObject([
    {
      code: 'config/short-wait',
      severity: 'warning',
      place: { path: 'otelGateway.sampling.slow' },
      value: '10000ms',
      remedy: 'Set it to less than 10s, or set a longer sampling.wait.',
    },
  ]);
});

test('options without enabled are reported', () => {
  const { findings } = build({ ...minimal, otelGateway: { sampling: {} } });
  expect(findings).toMatchObject([
    { code: 'config/unused-option', place: { path: 'otelGateway.sampling' } },
  ]);
});
