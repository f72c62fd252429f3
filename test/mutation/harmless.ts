/** Faults that change nothing for anybody: counted apart, each class with its reason. */
export interface Harmless {
  readonly name: string;
  readonly reason: string;
  readonly holds: (operator: string, where: string, was: unknown) => boolean;
}

export const harmless: readonly Harmless[] = [];

export const harmlessClassOf = (
  operator: string,
  where: string,
  was: unknown,
): Harmless | undefined => harmless.find((one) => one.holds(operator, where, was));
