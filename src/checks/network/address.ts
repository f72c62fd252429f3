import ipaddr from 'ipaddr.js';

/** Addresses, less some of them. */
export interface Block {
  readonly cidr: string;
  readonly except?: readonly string[];
}

/** Whether a block holds every address of `cidr` but those in `left`. */
export const covers = (block: Block, cidr: string, left: readonly string[]): boolean =>
  contains(block.cidr, cidr) &&
  (block.except ?? []).every(
    (hole) => !overlap(hole, cidr) || left.some((one) => contains(one, hole)),
  );

/** Whether all addresses of a block are among those of another; never where one is no block. */
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

// The same few blocks are compared over and over, and reading them is most of the work.
const known = new Map<string, Parsed | undefined>();

const parsed = (cidr: string): Parsed | undefined => {
  if (!known.has(cidr)) {
    known.set(cidr, ipaddr.isValidCIDR(`${cidr}`) ? ipaddr.parseCIDR(cidr) : undefined);
  }
  return known.get(cidr);
};
