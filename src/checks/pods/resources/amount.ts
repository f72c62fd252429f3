import { quantityValue } from '../../../model/quantity.js';

/** The value of a quantity; NaN if it is invalid, which the check `schema` reports. */
export const amountOf = (quantity: unknown): number => {
  if (typeof quantity === 'number') return quantity;
  try {
    return quantityValue(`${quantity}`);
  } catch {
    return Number.NaN;
  }
};
