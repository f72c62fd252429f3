import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { toYaml } from '../../src/model/yaml.js';
import { generatedMark } from '../../src/output/files.js';
import { publishedObjects } from '../../src/output/published.js';
import { fill, temporaryFolder } from './folder.js';

const claim = (name: string) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name, namespace: 'crowsnest' },
  spec: { resources: { requests: { storage: '10Gi' } } },
});

const workload = { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'app' } };

test('an unpublished environment has no objects', () => {
  expect(publishedObjects(temporaryFolder(), 'production', [])).toEqual([]);
});

test('the objects are those of the last published version', () => {
  const out = fill(temporaryFolder(), {
    'production/10-volume-claims.yaml': `# Generated\n${stringify(claim('one'))}---\n${stringify(claim('two'))}`,
    'production/20-app.yaml': stringify(workload),
    'staging/10-volume-claims.yaml': stringify(claim('another')),
  });
  expect(publishedObjects(out, 'production', [])).toEqual([claim('one'), claim('two'), workload]);
});

test('empty documents and kinds without fixed fields are skipped', () => {
  const out = fill(temporaryFolder(), {
    'production/10-volume-claims.yaml': `---\n---\n${stringify({ kind: 'ConfigMap' })}---\n${stringify(claim('one'))}`,
  });
  expect(publishedObjects(out, 'production', [])).toEqual([claim('one')]);
});

test('identical published files are not parsed again', () => {
  const out = fill(temporaryFolder(), {
    'production/20-app.yaml': `${generatedMark}\n${toYaml(workload)}---\n${toYaml(claim('one'))}`,
  });
  const object = { ...workload };
  const [first, second] = publishedObjects(out, 'production', [
    { object, construct: 'app/app', chart: 'app', patched: false },
  ]);
  expect(first).toBe(object);
  expect(second).toEqual(claim('one'));
});

test('files that cannot be parsed are skipped', () => {
  const out = fill(temporaryFolder(), {
    'production/10-volume-claims.yaml': `<<<<<<< ours\n${toYaml(claim('one'))}---\n${toYaml(claim('two'))}`,
  });
  expect(publishedObjects(out, 'production', [])).toEqual([claim('two')]);
});
