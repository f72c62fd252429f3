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
  if (!ipaddr.isValidCIDR(`${outer}`) || !ipaddr.isValidCIDR(`${inner}`)) return false;
  const [address, bits] = ipaddr.parseCIDR(outer);
  const [innerAddress, innerBits] = ipaddr.parseCIDR(inner);
  return (
    address.kind() === innerAddress.kind() && innerBits >= bits && innerAddress.match(address, bits)
  );
};

const overlap = (a: string, b: string): boolean => contains(a, b) || contains(b, a);
