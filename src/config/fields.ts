import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { quantityPattern } from '../model/quantity.js';
import { regexFault } from '../promql/regex.js';
import { addressText, isNumber } from '../schema/private-host.js';

// The text of each field completes the sentence "Set it to …" for any invalid value.

/** The text for a name that is too long: what is allowed, and how long it is. */
export const tooLong =
  (allowed: string) =>
  ({ input }: { readonly input?: unknown }): string =>
    `${allowed}: this one has ${`${input}`.length}`;

/** A valid name of a namespace or a Service, of at most `length` characters. */
export const dnsLabelUpTo = (length: number) => {
  const error = `a name of at most ${length} lower-case letters and digits, with dashes between them`;
  return z
    .string({ error })
    .max(length, { error: tooLong(error) })
    .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/);
};

/** A valid name of a namespace or a Service. */
export const dnsLabel = dnsLabelUpTo(63);

const dotted = '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*';
const subdomain = new RegExp(`^(?=.{1,253}$)${dotted}$`);

/** A valid name of most other objects. */
export const objectName = z
  .string({ error: 'a name of lower-case letters and digits, with dashes and dots between them' })
  .regex(subdomain);

const hostText = "a host name such as 'grafana.example.com'";

/** The remedy for a host name, with that of a URL or an address with a port; never with a login. */
const hostRemedy = (input: unknown): string => {
  const [, host = '', port] =
    /^(?:[a-z][a-z+]*:\/\/)?(?:[^@/]*@)?([^@/:]+)(?::(\d+))?(?:\/|$)/.exec(`${input}`) ?? [];
  if (!subdomain.test(host)) return hostText;
  return `${hostText}: here '${host}'${port ? `, without the port ${port}` : ''}`;
};

export const hostName = z
  .string({ error: hostText })
  .regex(subdomain, { error: ({ input }) => hostRemedy(input) })
  .refine((value) => !isNumber(value), { error: addressText });

const isAddress = (value: string): boolean => isIP(value) !== 0 && !value.includes('%');

export const ipAddress = z.string({ error: "an IP address such as '10.96.0.1'" }).refine(isAddress);

const isBlock = (value: string): boolean => {
  const [, address = '', bits] = /^(.+)\/([1-9]\d*)$/.exec(value) ?? [];
  return isAddress(address) && Number(bits) <= (isIP(address) === 4 ? 32 : 128);
};

/** The block that contains an address: `10.0.0.0/16` for `10.0.3.1/16`. */
const blockOf = (address: string): string => {
  const family = familyOf(address);
  const [, bits] = family.parseCIDR(address);
  return `${family.networkAddressFromCIDR(address)}/${bits}`;
};

/** Trying IPv6 for every address takes longer than all else in the validation of a block. */
const familyOf = (address: string): typeof ipaddr.IPv4 | typeof ipaddr.IPv6 =>
  address.includes(':') ? ipaddr.IPv6 : ipaddr.IPv4;

const startsItsBlock = (value: string): boolean =>
  familyOf(value).parseCIDR(value).join('/') === blockOf(value);

const blockText = "a block of addresses such as '10.0.0.0/16', but not all addresses ('/0')";

/** A block of addresses, but not all addresses: there is another option for that. */
export const cidr = z
  .string({ error: blockText })
  .refine(isBlock, {
    error: ({ input }) => {
      const bits = { 0: undefined, 4: 32, 6: 128 }[isIP(`${input}`)];
      if (bits === undefined || !isAddress(`${input}`)) return undefined;
      return `'${input}/${bits}' for this address alone, or to ${blockText}`;
    },
  })
  // `10.0.3.1/16` allows the whole block, but is probably intended as one address.
  .refine((value) => !isBlock(value) || startsItsBlock(value), {
    error: ({ input }) =>
      `the first address of the block, '${blockOf(`${input}`)}', or to a smaller block`,
  });

export const port = z.int().min(1).max(65535);

/** CPU, such as 250m. */
export const cores = z
  .string({ error: "an amount of CPU above zero such as '250m' or '2'" })
  .refine((value) => /^\d+(\.\d+)?m?$/.test(value) && Number.parseFloat(value) > 0);

/** Memory or disk, such as 512Mi or 50Gi. */
export const bytes = z
  .string({ error: "an amount of bytes above zero such as '512Mi' or '50Gi'" })
  .refine(
    // The suffix `m` means thousandths of a byte.
    (value) => quantityPattern.test(value) && !value.endsWith('m') && Number.parseFloat(value) > 0,
  );

/** A Prometheus duration in whole units, from the largest to the smallest. */
export const duration = z
  .string({ error: "a Prometheus duration above zero such as '30s', '1h30m' or '15d'" })
  .regex(/^(?=.*[1-9])(\d+y)?(\d+w)?(\d+d)?(\d+h)?(\d+m)?(\d+s)?(\d+ms)?$/);

const labelName = '[a-zA-Z0-9]([-_.a-zA-Z0-9]{0,61}[a-zA-Z0-9])?';

/** Key of a label, an annotation or a taint. */
export const labelKey = z
  .string({ error: "a name such as 'team' or 'example.com/team'" })
  .regex(new RegExp(`^(${dotted}/)?${labelName}$`));

/** Value of a label or a taint. */
export const labelValue = z
  .string({ error: 'a string of at most 63 letters and digits, with -, _ and . between them' })
  .regex(new RegExp(`^(${labelName})?$`));

/** Labels of a Kubernetes object. */
export const labels = z.record(labelKey, labelValue);

/** Labels by which pods are selected. */
export const podLabels = labels.refine((value) => Object.keys(value).length > 0, {
  error: 'at least one label: an empty selector matches every pod',
});

export const annotations = z.record(labelKey, z.string());

/** External labels of a Prometheus, besides those that the stack sets. */
export const externalLabels = z.record(
  z
    .string({ error: 'a label name of letters, digits and underscores' })
    .regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/)
    .refine((name) => !['cluster', 'replica'].includes(name), {
      error: "a label other than 'cluster' and 'replica', which the stack sets itself",
    }),
  z.string(),
);

/** Text in one line: in a configuration file such as an INI file, a line break would write another setting. */
export const line = z
  .string({ error: 'a text of one line that is not empty' })
  .min(1)
  .regex(/^\P{Cc}*$/u);

export const email = z.email({ error: "an e-mail address such as 'team@example.com'" });

export const secretReference = z.strictObject({
  /** Name of a Secret in the namespace that uses it. */
  secret: objectName,
  key: z
    .string({ error: 'a key of letters, digits, dots, dashes and underscores' })
    .regex(/^(?!\.$|\.\.)[-._a-zA-Z0-9]{1,253}$/),
});

/** A reference to a Secret, with another text for a value that is none. */
export const referenceOr = (error: string) =>
  z.strictObject(secretReference.shape, {
    // The description of the options asks without an issue.
    error: (issue) => (issue?.code === 'invalid_type' ? error : undefined),
  });

// A fault in one value does not stop the validation: rules between options are still checked.
const urlOf = (protocol: RegExp, error: string) =>
  z
    .string({ error })
    // The parser of URLs removes line breaks and tabs, which the file would keep.
    .refine((value) => !/[\s\p{Cc}]/u.test(value))
    .refine((value) => URL.canParse(value) && protocol.test(new URL(value).protocol))
    .refine((value) => !isNumber(value), { error: `a URL with ${addressText}` })
    .refine(
      (value) => {
        const { username, password } = URL.canParse(value) ? new URL(value) : noCredentials;
        return `${username}${password}` === '';
      },
      { error: 'a URL without credentials, and reference a Secret instead' },
    );

const noCredentials = { username: '', password: '' };

export const url = urlOf(/^https?:$/, "a URL that starts with 'http://' or 'https://'");

/** A URL over which passwords or tokens are sent. */
export const httpsUrl = urlOf(/^https:$/, "a URL that starts with 'https://'");

const namePattern = z
  .string({ error: "a pattern of metric names such as 'apiserver_audit_.*'" })
  .min(1)
  .refine((pattern) => regexFault(pattern) === undefined, {
    error: "a pattern of metric names such as 'apiserver_audit_.*'",
  });

/** Which series of a job are stored. */
export const keep = z.union([
  z.enum(['all', 'used']),
  z.strictObject({ also: z.array(namePattern).min(1) }),
]);
