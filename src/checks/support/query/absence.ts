import { isSoughtAbsent } from '../../../promql/absence.js';
import type { Selector } from '../../../promql/expression.js';
import type { Query } from './query.js';

/** The consequence of series that do not exist, if it is another than a query without results. */
export const whyAbsent = (
  { rule, analysis: { expression } }: Query,
  selector: Selector,
  subject = 'The series are absent',
): { readonly why?: string } =>
  rule?.alert !== undefined && expression && isSoughtAbsent(selector, expression)
    ? { why: `${subject}: the alert always fires.` }
    : {};
