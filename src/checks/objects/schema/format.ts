import { isIP } from 'node:net';

/** A rule for a string or a number for which JSON schema has no keyword. */
export interface Format {
  test(value: string | number): boolean;
  /** The allowed values, as a text after `Set it to `. */
  readonly allowed: string;
}

const label = '[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?';
const subdomain = '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*';
const name = '([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9]';
const qualifiedName = new RegExp(`^((?=[^/]{1,253}/)${subdomain}/)?${name}$`);

const portName = /^(?=.*[a-z])(?!.*--)(?=.{1,15}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

const matches = (pattern: RegExp, allowed: string): Format => ({
  test: (value) => pattern.test(`${value}`),
  allowed,
});

/**
 * The formats in the schemas, with the rules of Kubernetes:
 * https://github.com/kubernetes/apimachinery/blob/v0.36.3/pkg/util/validation/validation.go
 */
export const formats: Readonly<Record<string, Format>> = {
  int32: { test: (value) => Math.abs(Number(value)) < 2 ** 31, allowed: 'an integer of 32 bits' },
  count: {
    test: (value) =>
      typeof value === 'number' ? value >= 0 && value < 2 ** 31 : /^\d+%$/.test(value),
    allowed: 'a count such as 1, or a share such as 25%',
  },
  port: {
    test: (value) =>
      typeof value === 'number' ? value >= 1 && value <= 65535 : portName.test(value),
    allowed: 'a number from 1 to 65535, or the name of a port, of at most 15 characters',
  },
  // Go also accepts negative quantities, but no field does.
  quantity: matches(
    /^\+?(\d+\.?\d*|\.\d+)([numkMGTPE]|[KMGTPE]i|[eE][-+]?\d+)?$/,
    'a quantity such as 250m, 1.5, 512Mi or 10Gi',
  ),
  byte: matches(
    /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{2}==)?$/,
    'a string encoded in base64',
  ),
  'date-time': {
    test: (value) =>
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[-+]\d\d:\d\d)$/.test(`${value}`) &&
      !Number.isNaN(Date.parse(`${value}`)),
    allowed: 'a time such as 2026-01-31T12:00:00Z',
  },
  cidr: {
    test: (value) => {
      const [, address, prefix] = /^(.+)\/(0|[1-9]\d{0,2})$/.exec(`${value}`) ?? [];
      const version = isIP(address ?? '');
      return version !== 0 && Number(prefix) <= (version === 4 ? 32 : 128);
    },
    allowed: 'a block of addresses such as 10.0.0.0/16',
  },
  'dns-label': matches(
    new RegExp(`^${label}$`),
    'a name of at most 63 lower-case letters, digits and dashes, with no dash at either end',
  ),
  'dns-1035-label': matches(
    /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
    'a name of at most 63 lower-case letters, digits and dashes that starts with a letter',
  ),
  'dns-subdomain': matches(
    new RegExp(`^(?=.{1,253}$)${subdomain}$`),
    'a name of at most 253 lower-case letters, digits, dashes and dots',
  ),
  'path-segment': matches(/^(?!\.{1,2}$)[^/%]+$/, 'a name without slashes and percent signs'),
  'port-name': matches(
    portName,
    'a name of at most 15 lower-case letters, digits and single dashes',
  ),
  'label-value': matches(
    new RegExp(`^(${name})?$`),
    'at most 63 letters, digits, dashes, dots and underscores, a letter or digit at both ends',
  ),
  'qualified-name': matches(
    qualifiedName,
    'a name such as app.kubernetes.io/name, of at most 63 characters after the slash',
  ),
  'annotation-name': {
    test: (value) => qualifiedName.test(`${value}`.toLowerCase()),
    allowed: 'a name such as example.com/owner, of at most 63 characters after the slash',
  },
  'resource-name': matches(
    /^(cpu|memory|ephemeral-storage|hugepages-.+|[^/]+\/[^/]+)$/,
    'cpu, memory, ephemeral-storage or a name such as example.com/gpu',
  ),
  'host-name': matches(
    new RegExp(`^(?=.{1,253}$)(\\*\\.)?${subdomain}$`),
    'a host name such as grafana.example.com',
  ),
  'config-key': matches(
    /^(?!\.\.)(?!\.$)[-._a-zA-Z0-9]{1,253}$/,
    'a file name of letters, digits, dashes, dots and underscores',
  ),
};
