import type { FaultKinds, FoundFault } from '../../../model/fault.js';

export const faults = {
  'other-uid': {
    what: 'The uid of the dashboard is not the name of its file.',
    why: 'Links use the name of the file as the uid.',
    example: '{ "uid": "abc123" }   // in dashboards/shop.json',
    fix: 'Set the uid to the name of the file.',
  },
  'duplicate-uid': {
    what: 'Another dashboard has the same uid.',
    why: 'Grafana loads neither of them.',
    example: '{ "uid": "shop" }   // in two files',
    fix: 'Give one of them another uid.',
  },
  'duplicate-title': {
    what: 'Another dashboard has the same title.',
    why: 'Grafana loads neither of them from one folder, and in two folders users confuse them.',
    example: "dashboard({ title: 'Shop', … })   // in two files",
    fix: 'Give one of them another title.',
  },
} satisfies FaultKinds;

export type Result = FoundFault<keyof typeof faults>;
