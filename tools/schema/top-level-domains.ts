/**
 * Writes src/schema/data/top-level-domains.ts: the domains of the public DNS, from the list in the Go module
 * golang.org/x/net that Prometheus uses. Run it again for a new release of Prometheus.
 *
 * Needs `go` on the path: the module proxy checks the sum of the module.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../test/engines/prometheus');
const [at = '', version] = execFileSync(
  'go',
  ['list', '-C', folder, '-m', '-f', '{{.Dir}} {{.Version}}', 'golang.org/x/net'],
  { encoding: 'utf8' },
)
  .trim()
  .split(' ');

// Its test has every rule of the list, such as "co.uk", "*.ck" and "!www.ck".
const source = readFileSync(join(at, 'publicsuffix/table_test.go'), 'utf8');
const [, rules = ''] = /var rules = \[\.\.\.\]string\{([^}]*)\}/.exec(source) ?? [];
const names = [...rules.matchAll(/"([^"]+)"/g)].map(([, rule = '']) => {
  const [label = ''] = rule.split('.').slice(-1);
  return new URL(`http://a.${label}`).hostname.slice('a.'.length);
});
const lines = [...new Set(names)]
  .sort()
  .join(' ')
  .replace(/(.{1,110})(?: |$)/g, '$1\n');
writeFileSync(
  join(import.meta.dirname, '../../src/schema/data/top-level-domains.ts'),
  `// By npx tsx tools/schema.ts, from golang.org/x/net@${version}.\nexport default \`\n${lines}\`;\n`,
);
