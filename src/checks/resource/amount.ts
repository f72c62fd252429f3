import { quantityValue } from '../../model/quantity.js';

/** The value of a quantity; not a number for what is none, of which the schema check tells. */
export const amountOf = (quantity: unknown): number => {
  if (typeof quantity === 'number') return quantity;
  try {
    return quantityValue(`${quantity}`);
  } catch {
    return Number.NaN;
  }
};
