const factors: Readonly<Record<string, number>> = {
  '': 1,
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** A Kubernetes quantity in plain decimal notation with an optional suffix. */
export const quantityPattern = /^(\d+(?:\.\d+)?)(m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?$/;

// Any quantity that Kubernetes accepts: objects of users and patches can contain it.
const notation = /^\+?(\d+\.?\d*|\.\d+)(?:([numkMGTPE]|[KMGTPE]i)|([eE][-+]?\d+))?$/;

/** The value of a Kubernetes quantity: bytes for `'10Gi'`, cores for `'250m'`. Throws if it is invalid. */
export const quantityValue = (quantity: string): number => {
  const match = notation.exec(quantity);
  if (!match) throw new Error(`'${quantity}' is not a Kubernetes quantity such as 10Gi or 250m.`);
  const [, amount, suffix = '', exponent = ''] = match;
  return Number(`${amount}${exponent}`) * factors[suffix]!;
};

/** Bytes in the largest binary unit whose value is at least one, such as `1.5Gi`. */
export const formatBytes = (bytes: number): string => {
  const unit = ['Ti', 'Gi', 'Mi', 'Ki'].find((candidate) => bytes >= factors[candidate]!);
  return unit === undefined ? `${bytes}` : `${round(bytes / factors[unit]!)}${unit}`;
};

/** Cores, or millicores below one core. */
export const formatCores = (cores: number): string =>
  cores < 1 ? `${Math.round(cores * 1000)}m` : `${round(cores)}`;

const round = (value: number): number => Math.round(value * 100) / 100;
