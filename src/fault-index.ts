import { applicationFaults } from './applications/faults.js';
import { checkFaults, configFaults } from './config/faults.js';
import { contentFaults } from './content/faults.js';
import { connectionFaults } from './derive/faults.js';
import type { FaultKinds } from './model/fault.js';
import { publishFaults } from './output/faults.js';

/** What reports faults: a check, or another part of a synthesis. */
export interface FaultSource {
  readonly name: string;
  readonly summary: string;
  readonly faults: FaultKinds;
}

/** The parts that report faults before manifests exist, or when they are written. */
export const parts: readonly FaultSource[] = [
  {
    name: 'config',
    summary: 'The environments are valid: every option has an allowed value.',
    faults: configFaults,
  },
  {
    name: 'content',
    summary:
      'Dashboards and alerts are valid, and every alert has a test and a section in its runbook.',
    faults: contentFaults,
  },
  {
    name: 'applications',
    summary:
      'The applications in applications/ and in the environment are valid, the monitors have only fields with an equivalent, and the pods, ports and namespaces that they select are known.',
    faults: applicationFaults,
  },
  {
    name: 'connections',
    summary: 'Every required consumption has a provider, and names and ports are unique.',
    faults: connectionFaults,
  },
  { name: 'checks', summary: 'The checks can be loaded and run.', faults: checkFaults },
  { name: 'publish', summary: 'The manifests are written.', faults: publishFaults },
];
