import { type DataType, fieldsOfType } from './data.js';

const names: Readonly<Record<string, string>> = {
  Data: 'A notification',
  Alert: 'An alert',
  RuleData: 'The data',
  float: 'A number',
  int: 'A number',
  string: 'A text',
  html: 'A text from safeHtml',
  Labels: 'A map of labels',
};

/** A type, as the subject of a sentence. */
export const nameOf = (type: DataType): string => names[`${type}`] ?? `A value of the type ${type}`;

/** Where a field is that the data does not have. */
export const hintOf = (type: DataType, field: string): string => {
  const ofAlert = fieldsOfType('Alert')!.includes(field);
  if (type === 'Data' && ['Labels', 'Annotations'].includes(field)) {
    return ` Each alert has it: use .Common${field}, or {{ range .Alerts }}.`;
  }
  if (type === 'Data' && ofAlert) return ' Each alert has it: use {{ range .Alerts }}.';
  const inData = type === 'Alert' && fieldsOfType('Data')!.includes(field);
  return inData ? ` The notification has it: use $.${field}.` : '';
};

/** A text that starts a sentence, within a sentence. */
export const lower = (text: string): string => text[0]!.toLowerCase() + text.slice(1);
