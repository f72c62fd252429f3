import { definitions } from '../components/index.js';
import type { Finding } from '../model/finding.js';

const component = `(?:${Object.keys(definitions).join('|')})`;

/** Options that others know by another name or at another place, by their path, and what has their effect here. */
const hints = Object.entries({
  'namespace|namespaces\\.name': "namespaces: { stack: '…' }",
  'grafana\\.(?:admin)?(?:Password|User|Credentials)|grafana\\.password':
    "grafana.credentials: { secret: '…' }, the name of a Secret",
  [`${component}\\.resources`]: 'cpu, memory and memoryLimit of the component',
  [`${component}\\.nodeSelector`]:
    'nodeSelector of the environment, for all pods but the node agents',
  [`${component}\\.tolerations`]:
    'tolerations of the environment, for all pods but the node agents',
  [`${component}\\.(?:ingress|route|httpRoute)`]:
    'exposure of the environment: exposure.grafana, or exposure.behindAuthProxy for the other web interfaces',
}).map(([path, instead]) => ({ pattern: new RegExp(`^(?:${path})$`), instead }));

/** A finding about an unknown option that names the option with this effect, if its name is a usual one. */
export const withOptionHint = (finding: Finding): Finding => {
  const { code, place } = finding;
  const hint = hints.find(({ pattern }) => pattern.test(place.path ?? ''));
  if (code !== 'config/unknown-option' || !hint) return finding;
  return { ...finding, remedy: `Use ${hint.instead}.`, suggestion: undefined };
};
