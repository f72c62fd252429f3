import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import configuration from '../../src/checks/files/configuration.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { validate } from '../../src/environment/validate.js';
import { changed, type Mutable, manifestOf } from '../checks/input.js';
import { build } from '../environment.js';
import { withLogs } from './with-logs.js';

const stack = build(withLogs);
const configTitle = 'ConfigMap crowsnest-agents/crowsnest-log-agent-config';
const fileOf = (of: typeof stack): Mutable =>
  parse(manifestOf(of, configTitle).object.data['config.yaml']);
const withOptions = (logAgent: EnvironmentOptions['logAgent']) =>
  build({ ...withLogs, logAgent: { enabled: true, ...logAgent } });

describe('the configuration', () => {
  test('limits memory first, and waits instead of losing lines', () => {
    const { service, receivers, exporters } = fileOf(stack);
    expect(service.pipelines.logs.processors[0]).toBe('memory_limiter');
    const { sending_queue, retry_on_failure } = exporters['otlp_http/logs'];
    expect(sending_queue).toMatchObject({
      storage: 'file_storage/queue',
      queue_size: 256 * 1024 ** 2,
      block_on_overflow: true,
    });
    // Zero: without end.
    expect(retry_on_failure.max_elapsed_time).toBe('0s');
    expect(receivers.file_log.retry_on_failure.max_elapsed_time).toBe('0s');
    expect(receivers.file_log.start_at).toBe('beginning');
  });

  test('reads the namespaces of the options, and never its own lines', () => {
    const own = '/var/log/pods/crowsnest-agents_crowsnest-log-agent-*/*/*';
    expect(fileOf(stack).receivers.file_log.exclude).toContain(own);
    const { include, exclude } = fileOf(withOptions({ namespaces: { only: ['shop'] } })).receivers
      .file_log;
    expect(include).toEqual(['/var/log/pods/shop_*/*/*.log', '/var/log/pods/shop_*/*/*.log.20*']);
    expect(exclude).toContain(own);
    const { exclude: others } = fileOf(withOptions({ namespaces: { except: ['batch'] } })).receivers
      .file_log;
    expect(others).toContain('/var/log/pods/batch_*/*/*');
  });

  test('joins lines by the first entry that matches a container', () => {
    const [, first, second] = fileOf(
      withOptions({
        multiline: [
          { namespace: 'shop', firstLine: 'a$' },
          { container: 'app|web', firstLine: 'b' },
        ],
      }),
    ).receivers.file_log.operators;
    expect(first.is_first_entry).toBe('body matches "^(?:a$$)"');
    expect(second.if).toBe(
      'resource["k8s.pod.name"] != nil and (resource["k8s.container.name"] matches "^(?:app|web)$$") and not (resource["k8s.namespace.name"] == "shop")',
    );
  });

  test('has native processors after its own, and their errors do not keep a line', () => {
    const { service, processors } = fileOf(
      withOptions({
        config: {
          processors: {
            transform: { log_statements: ['set(log.attributes["a"], 1)'] },
            'filter/x': { error_mode: 'silent', log_conditions: ['log.body == ""'] },
          },
        },
      }),
    );
    expect(service.pipelines.logs.processors).toEqual([
      'memory_limiter',
      'transform/line',
      'transform',
      'filter/x',
    ]);
    expect(processors.transform.error_mode).toBe('ignore');
    expect(processors['filter/x'].error_mode).toBe('silent');
  });

  test.each<[string, object, string]>([
    [
      'propagate',
      { transform: { error_mode: 'propagate', log_statements: ['x'] } },
      'transform.error_mode',
    ],
    ['a processor of spans', { filter: { traces: { span: ['x'] } } }, 'filter'],
    ['its own processor', { 'transform/line': { log_statements: ['x'] } }, ''],
    ['an unknown type', { batch: {} }, 'batch'],
  ])('rejects %s among native processors', (_, processors, path) => {
    const { findings } = validate(
      { ...withLogs, logAgent: { enabled: true, config: { processors } } },
      'test',
      'environments/test.ts',
    );
    const places = findings.map(({ place }) => place.path);
    expect(places[0]).toMatch(new RegExp(`^logAgent\\.config\\.processors.*${path.split('.')[0]}`));
  });

  test.each<[RegExp, string, string]>([
    [
      /- memory_limiter\n( +)- transform\/line/,
      '- transform/line\n$1- memory_limiter',
      'service.pipelines.logs.processors[1]',
    ],
    [/start_at: beginning/, 'start_at: end', 'receivers.file_log.start_at'],
    [
      /storage: file_storage\/checkpoints/,
      'storage: file_storage/positions',
      'receivers.file_log.storage',
    ],
    [
      /storage: file_storage\/queue/,
      'storage: file_store/queue',
      "exporters['otlp_http/logs'].sending_queue.storage",
    ],
    [/on_error: send_quiet/, 'on_error: drop', 'receivers.file_log.operators[0].on_error'],
    [/error_mode: silent/, 'error_mode: propagate', "processors['transform/line'].error_mode"],
    [
      /endpoint: http:\/\/loki\S+/,
      'endpoint: loki.logs.svc:3100',
      "exporters['otlp_http/logs'].endpoint",
    ],
  ])('is rejected after %s is %s, at %s', (from, to, path) => {
    const input = changed(stack, configTitle, ({ data }) => {
      const text = data['config.yaml'].replace(from, to);
      if (text === data['config.yaml']) throw new Error(`There is no ${from}.`);
      data['config.yaml'] = text;
    });
    const found = configuration.run(input);
    expect(found.map(({ place }) => place.path?.replace('config.yaml: ', ''))).toEqual([path]);
  });

  test('of a queue that has no room for requests is rejected', () => {
    expect(withOptions({ queue: '32Mi' }).findings).toEqual([]);
    expect(withOptions({ queue: '31Mi' }).findings).toMatchObject([
      { code: 'config/invalid-value', place: { path: 'logAgent.queue' }, value: '31Mi' },
    ]);
  });
});
