import { z } from 'zod';
import { alertmanagerType, type RawConfig, type RawReceiver } from '../schema/alertmanager/type.js';
import { secretReference } from './fields.js';

const aside = { refused: { name: 'nothing: set name next to config' } };

/** A receiver in native Alertmanager configuration; loaded only if used, since the schema is large. */
export const rawReceiver: z.ZodType<RawReceiver, RawReceiver> = z.lazy(
  () =>
    alertmanagerType(secretReference, { 'config.Receiver': aside })('config.Receiver') as z.ZodType<
      RawReceiver,
      RawReceiver
    >,
);

/** Native Alertmanager configuration, without the files that Crowsnest writes. */
export const rawConfig: z.ZodType<RawConfig, RawConfig> = z.lazy(
  () => alertmanagerType(secretReference)('config.Config') as z.ZodType<RawConfig, RawConfig>,
);
