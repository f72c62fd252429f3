import type { FaultKinds, FoundFault } from '../../../model/fault.js';

export const faults = {
  'outside-grid': {
    what: 'The panel does not fit into the 24 columns of the grid.',
    why: 'Grafana moves or hides it.',
    example: '{ "gridPos": { "x": 20, "y": 0, "w": 8, "h": 8 } }',
    fix: 'Set x, y, w and h to whole numbers within the grid.',
  },
  overlap: {
    what: 'Two panels overlap.',
    why: 'Grafana moves one of them, and the layout changes.',
    example: '{ "gridPos": { "x": 0, "y": 0, "w": 12, "h": 8 } }   // twice',
    fix: 'Move one of them.',
  },
  gap: {
    what: 'A line of panels does not fill the 24 columns.',
    why: 'A part of the page stays empty, and the panels are smaller than they can be.',
    example: '{ "gridPos": { "x": 0, "y": 0, "w": 12, "h": 8 } }   // and nothing beside it',
    fix: 'Make its panels wider, or move a panel of another line here.',
    severity: 'warning',
  },
  'panel-id': {
    what: 'The panel has no id, or the id of another panel.',
    why: 'Links to a single panel use its id.',
    example: '{ "id": 1, "title": "Load" }, { "id": 1, "title": "Memory" }',
    fix: 'Give the panel an id that no other panel has.',
  },
} satisfies FaultKinds;

export type Result = FoundFault<keyof typeof faults>;
