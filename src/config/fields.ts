import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { quantityPattern } from '../model/quantity.js';

// The text of each field ends the sentence "Set it to …", whatever is wrong with the value.

/** A name that Kubernetes accepts for a namespace or a Service, or one shorter than that. */
export const dnsLabelUpTo = (length: number) =>
  z
    .string({
      error: `a name of at most ${length} lower-case letters and digits, with dashes between them`,
    })
    .max(length)
    .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/);

/** A name that Kubernetes accepts for a namespace or a Service. */
export const dnsLabel = dnsLabelUpTo(63);

const dotted = '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*';
const subdomain = new RegExp(`^(?=.{1,253}$)${dotted}$`);

/** A name that Kubernetes accepts for most other objects. */
export const objectName = z
  .string({ error: 'a name of lower-case letters and digits, with dashes and dots between them' })
  .regex(subdomain);

export const hostName = z
  .string({ error: "a host name such as 'grafana.example.com'" })
  .regex(subdomain);

const isAddress = (value: string): boolean => isIP(value) !== 0 && !value.includes('%');

export const ipAddress = z.string({ error: "an IP address such as '10.96.0.1'" }).refine(isAddress);

const isBlock = (value: string): boolean => {
  const [, address = '', bits] = /^(.+)\/([1-9]\d*)$/.exec(value) ?? [];
  return isAddress(address) && Number(bits) <= (isIP(address) === 4 ? 32 : 128);
};

/** The block in which an address lies: `10.0.0.0/16` for `10.0.3.1/16`. */
const blockOf = (address: string): string => {
  const [parsed, bits] = ipaddr.parseCIDR(address);
  const family = parsed.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6;
  return `${family.networkAddressFromCIDR(address)}/${bits}`;
};

const startsItsBlock = (value: string): boolean =>
  ipaddr.parseCIDR(value).join('/') === blockOf(value);

const blockText = "a block of addresses such as '10.0.0.0/16', but not all addresses ('/0')";

/** A block of addresses, not all of them: "everywhere" has to be said in another way. */
export const cidr = z
  .string({ error: blockText })
  .refine(isBlock, {
    error: ({ input }) => {
      const bits = { 0: undefined, 4: 32, 6: 128 }[isIP(`${input}`)];
      if (bits === undefined || !isAddress(`${input}`)) return undefined;
      return `'${input}/${bits}' for this address alone, or to ${blockText}`;
    },
  })
  // `10.0.3.1/16` allows the whole block where perhaps one address was meant.
  .refine((value) => !isBlock(value) || startsItsBlock(value), {
    error: ({ input }) =>
      `the block by its first address, '${blockOf(`${input}`)}', or to a smaller one`,
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
    // A suffix `m` would be thousandths of a byte.
    (value) => quantityPattern.test(value) && !value.endsWith('m') && Number.parseFloat(value) > 0,
  );

/** A duration in Prometheus's notation, in whole units from the largest to the smallest. */
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
  error: 'at least one label: without any it would mean every pod',
});

export const annotations = z.record(labelKey, z.string());

/** Labels that a Prometheus tells of all its series, beside those that the stack sets. */
export const externalLabels = z.record(
  z
    .string({ error: 'a label name of letters, digits and underscores' })
    .regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/)
    .refine((name) => !['cluster', 'replica'].includes(name), {
      error: "a label other than 'cluster' and 'replica', which the stack sets itself",
    }),
  z.string(),
);

export const email = z.email({ error: "an e-mail address such as 'team@example.com'" });

export const secretReference = z.strictObject({
  /** Name of a Secret in the namespace where it is used. */
  secret: objectName,
  key: z
    .string({ error: 'a key of letters, digits, dots, dashes and underscores' })
    .regex(/^(?!\.$|\.\.)[-._a-zA-Z0-9]{1,253}$/),
});

/** A secret in what an environment says in an engine's own words. */
export const secretField = <const N extends string>(name: N) =>
  ({ [name]: secretReference }) as { readonly [K in N]: typeof secretReference };

// No fault in a single value ends the search: the rules between options are held all the same.
const urlOf = (protocol: RegExp, error: string) =>
  z
    .string({ error })
    .refine((value) => URL.canParse(value) && protocol.test(new URL(value).protocol))
    .refine(
      (value) => {
        const { username, password } = URL.canParse(value) ? new URL(value) : noCredentials;
        return `${username}${password}` === '';
      },
      { error: 'a URL without credentials, and refer to a Secret instead' },
    );

const noCredentials = { username: '', password: '' };

export const url = urlOf(/^https?:$/, "a URL that starts with 'http://' or 'https://'");

/** Of what a password or a token passes through. */
export const httpsUrl = urlOf(/^https:$/, "a URL that starts with 'https://'");

/** A regular expression that Go reads as well: without look-around and back-references. */
export const isRe2 = (pattern: string): boolean => {
  if (/\(\?(?:[=!]|<[=!])|\\[1-9]|\\k</.test(pattern)) return false;
  try {
    new RegExp(pattern.replaceAll('(?P<', '(?<').replace(/^\(\?[imsU]+\)/, ''));
    return true;
  } catch {
    return false;
  }
};

export const regex = z
  .string({ error: 'a regular expression without look-around and back-references (RE2)' })
  .refine(isRe2);
