import type { FaultKinds, FoundFault } from '../../../model/fault.js';

export const faults = {
  'other-quantity': {
    what: 'The unit is of another quantity than the values.',
    why: 'The panel shows wrong values, such as seconds with the unit of bytes.',
    example: '{ "expr": "sum(process_resident_memory_bytes)", "unit": "s" }',
    fix: 'Use the unit of the values, or change the query.',
  },
  'other-scale': {
    what: 'The values have another scale than the unit.',
    why: 'All values are wrong by the same factor, such as bits that are written as bytes.',
    example:
      '{ "expr": "sum(node_filesystem_avail_bytes) / sum(node_filesystem_size_bytes)", "unit": "percent" }',
    fix: "Use the unit of the values, such as percentunit for a share from 0 to 1, or convert them: '* 8' from bytes to bits, '* 100' to percent.",
  },
  'other-rate': {
    what: 'The values are per second and the unit is not, or the reverse.',
    why: 'Readers take a rate for an amount.',
    example: '{ "expr": "sum(rate(node_network_receive_bytes_total[5m]))", "unit": "bytes" }',
    fix: "Use the unit of the values: 'binBps' for bytes per second, 'bytes' for bytes.",
    severity: 'warning',
  },
} satisfies FaultKinds;

export type Result = FoundFault<keyof typeof faults>;
