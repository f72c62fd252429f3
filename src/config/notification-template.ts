import { z } from 'zod';
import { correction, readNotification } from '../schema/template.js';

/** The text of a template file for notifications. */
export const notificationTemplate = z.string().superRefine((value, context) => {
  for (const { message, value: at } of readNotification(value).faults) {
    context.addIssue({ code: 'custom', message: correction(message, at), input: at });
  }
});
