import ipaddr from 'ipaddr.js';

/** A CIDR block without the blocks in `except`. */
export interface Block {
  readonly cidr: string;
  readonly except?: readonly string[];
}

/** Whether a block contains every address of `cidr`, except those in `left`. */
export const covers = (block: Block, cidr: string, left: readonly string[]): boolean =>
  contains(block.cidr, cidr) &&
  (block.except ?? []).every(
    (hole) => !overlap(hole, cidr) || left.some((one) => contains(one, hole)),
  );

/** Whether `outer` contains all addresses of `inner`; false if one of them is invalid. */
export const contains = (outer: string, inner: string): boolean => {
  const [a, b] = [parsed(outer), parsed(inner)];
  if (!a || !b) return false;
  const [[address, bits], [innerAddress, innerBits]] = [a, b];
  return (
    address.kind() === innerAddress.kind() && innerBits >= bits && innerAddress.match(address, bits)
  );
};

const overlap = (a: string, b: string): boolean => contains(a, b) || contains(b, a);

type Parsed = ReturnType<typeof ipaddr.parseCIDR>;

// The same few blocks are compared many times, and parsing takes most of the time.
const known = new Map<string, Parsed | undefined>();

const parsed = (cidr: string): Parsed | undefined => {
  if (!known.has(cidr)) {
    known.set(cidr, ipaddr.isValidCIDR(`${cidr}`) ? ipaddr.parseCIDR(cidr) : undefined);
  }
  return known.get(cidr);
};
