import { z } from 'zod';
import { readNotification } from '../schema/template.js';

/** The text of a template file for notifications. */
export const notificationTemplate = z.string().superRefine((value, context) => {
  for (const { message, value: at } of readNotification(value).faults) {
    context.addIssue({ code: 'custom', message: `valid templates. ${message} ${at}`, input: at });
  }
});
