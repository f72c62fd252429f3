import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

const bitsOf = (address: Address): number => (address.kind() === 'ipv4' ? 32 : 128);

/** The block of this prefix length that contains an address. */
export const blockOf = (address: string, prefix: number): string => {
  const bytes = ipaddr
    .parse(address)
    .toByteArray()
    .map((byte, index) => byte & (255 << Math.max(0, Math.min(8, 8 - (prefix - index * 8)))) & 255);
  return `${ipaddr.fromByteArray(bytes).toString()}/${prefix}`;
};

/** How many leading bits two addresses share. */
const shared = (one: Address, other: Address): number => {
  const [a, b] = [one.toByteArray(), other.toByteArray()];
  const index = a.findIndex((byte, position) => byte !== b[position]);
  return index < 0 ? bitsOf(one) : index * 8 + Math.clz32(a[index]! ^ b[index]!) - 24;
};

/** How blocks are chosen: prefix lengths of IPv4. */
export interface BlockRule {
  /** No block is smaller, since nodes that are added get neighbouring addresses. */
  readonly smallest: number;
  /** All addresses are in one block if it is not larger. */
  readonly largest: number;
}

/**
 * Blocks with all addresses: one, if it is not larger than the rule allows, otherwise one of the
 * smallest size for each group. IPv6 addresses are in blocks of /64, the size of a subnet.
 */
export const blocksOf = (addresses: readonly string[], rule: BlockRule): string[] => {
  const parsed = addresses.map((one) => ipaddr.parse(one));
  return (['ipv4', 'ipv6'] as const).flatMap((kind) => {
    const family = parsed.filter((one) => one.kind() === kind);
    const [first] = family;
    if (!first) return [];
    const { smallest, largest } = kind === 'ipv4' ? rule : { smallest: 64, largest: 64 };
    const common = Math.min(...family.map((one) => shared(first, one)));
    const prefix = common >= largest ? Math.min(common, smallest) : smallest;
    const blocks = new Set(family.map((one) => blockOf(one.toString(), prefix)));
    return [...blocks].sort((a, b) => compare(a, b));
  });
};

/** Each address as its own block. */
export const single = (address: string): string => `${address}/${bitsOf(ipaddr.parse(address))}`;

/** The order of addresses as numbers. */
export const compare = (a: string, b: string): number => {
  const bytes = (text: string) => ipaddr.parse(text.split('/')[0]!).toByteArray();
  const [one, other] = [bytes(a), bytes(b)];
  const index = one.findIndex((byte, position) => byte !== other[position]);
  return index < 0 ? 0 : one[index]! - (other[index] ?? 0);
};

/** Whether a text is an address. */
export const isAddress = (text: unknown): text is string =>
  typeof text === 'string' && ipaddr.isValid(text) && !text.includes('%');

/** Whether two blocks have a common address. */
export const overlap = (a: string, b: string): boolean => {
  const [one, other] = [ipaddr.parseCIDR(a), ipaddr.parseCIDR(b)];
  if (one[0].kind() !== other[0].kind()) return false;
  return shared(one[0], other[0]) >= Math.min(one[1], other[1]);
};
