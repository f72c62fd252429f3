import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { publishedObjects } from '../../src/output/published.js';
import { fill, temporaryFolder } from './folder.js';

const claim = (name: string) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name, namespace: 'crowsnest' },
  spec: { resources: { requests: { storage: '10Gi' } } },
});

const workload = { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'app' } };

test('there are no objects before an environment is published', () => {
  expect(publishedObjects(temporaryFolder(), 'production')).toEqual([]);
});

test('the objects are those of the environment as it was published last', () => {
  const out = fill(temporaryFolder(), {
    'production/10-volume-claims.yaml': `# Generated\n${stringify(claim('one'))}---\n${stringify(claim('two'))}`,
    'production/20-app.yaml': stringify(workload),
    'staging/10-volume-claims.yaml': stringify(claim('another')),
  });
  expect(publishedObjects(out, 'production')).toEqual([claim('one'), claim('two'), workload]);
});

test('an empty document and kinds without fixed fields are passed over', () => {
  const out = fill(temporaryFolder(), {
    'production/10-volume-claims.yaml': `---\n---\n${stringify({ kind: 'ConfigMap' })}---\n${stringify(claim('one'))}`,
  });
  expect(publishedObjects(out, 'production')).toEqual([claim('one')]);
});
