import type { PlacedContainer, PodTemplate } from '../../support/pod/template.js';
import { listOf, recordOf } from '../../support/untyped.js';
import { amountOf } from './amount.js';
import type { ResourcesFault } from './faults.js';

/** Limits of a process that do not fit the memory limit of its container. */
export const processFaults = ({ containers }: PodTemplate): ResourcesFault[] =>
  containers.flatMap((one) => {
    const memory = amountOf(recordOf(recordOf(one.container.resources).limits).memory);
    return memory > 0 ? [...goFaults(one, memory), ...queryFaults(one, memory)] : [];
  });

// https://pkg.go.dev/runtime#hdr-Environment_Variables
const units: Readonly<Record<string, number>> = {
  B: 1,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
};

/** Bytes; NaN for a value that Go rejects. */
const goBytes = (value: unknown): number => {
  const [, number, unit = 'B'] = /^(\d+)([KMGT]iB|B)?$/.exec(`${value}`) ?? [];
  return number === undefined ? Number.NaN : Number(number) * units[unit]!;
};

const goFaults = ({ container, path }: PlacedContainer, memory: number): ResourcesFault[] =>
  listOf(container.env).flatMap(({ name, value }, index) => {
    if (name !== 'GOMEMLIMIT' || value === undefined || value === 'off') return [];
    const fault = goFault(goBytes(value), memory);
    if (!fault) return [];
    const remedy = `Set it to 90 % of the memory limit: ${Math.floor((memory * 0.9) / 2 ** 20)}MiB.`;
    return [{ path: `${path}.env[${index}].value`, value, fault, remedy }];
  });

const goFault = (bytes: number, memory: number): ResourcesFault['fault'] | undefined => {
  if (Number.isNaN(bytes)) return 'unreadable-go-limit';
  if (bytes >= memory) return 'high-go-limit';
  if (bytes < memory / 2) return 'low-go-limit';
  return undefined;
};

// A timestamp and a value. https://github.com/prometheus/prometheus/blob/v3.14.0/promql/value.go
const bytesPerSample = 16;

const queryFaults = ({ container, path }: PlacedContainer, memory: number): ResourcesFault[] => {
  const args = listOf(container.args).map(String);
  const numberOf = (flag: string): number =>
    Number(args.find((one) => one.startsWith(`--${flag}=`))?.split('=')[1]);
  const [samples, queries] = [numberOf('query.max-samples'), numberOf('query.max-concurrency')];
  if (!(samples * queries * bytesPerSample > memory)) return [];
  return [
    {
      path: `${path}.args`,
      fault: 'queries-above-memory',
      value: `${queries} queries of ${samples} samples`,
    },
  ];
};
