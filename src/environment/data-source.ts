import type { z } from 'zod';
import { bundledTypes, typeAliases } from '../model/data-source.js';
import { isPlain } from '../model/own-value.js';
import { headerName, jsonDataFaults } from '../schema/grafana/json-data.js';

/** A data source that a party offers, which is not validated yet. */
interface Offered {
  readonly path: readonly (string | number)[];
  readonly party: string;
  readonly type: unknown;
  readonly jsonData: Readonly<Record<string, unknown>>;
  readonly secureJsonData: Readonly<Record<string, unknown>>;
}

type Add = Pick<z.RefinementCtx, 'addIssue'>;

/** The data sources that parties offer have a type that Grafana knows, and options that this type knows. */
export const dataSources = (
  { parties, grafana }: { readonly parties?: unknown; readonly grafana?: unknown },
  { addIssue }: Add,
): void => {
  const plugins = listOf(recordOf(recordOf(grafana).plugins).ids).filter(
    (one) => typeof one === 'string',
  );
  const types = [...bundledTypes, ...Object.keys(typeAliases), ...plugins];
  for (const one of offeredIn(parties)) {
    const { path, party, type = party, jsonData, secureJsonData } = one;
    if (typeof type !== 'string') continue;
    if (!types.includes(type)) {
      const values = types;
      addIssue({ code: 'invalid_value', values, input: type, path: [...path, 'variant'] });
    }
    const fault = (name: string, field: string, message: string, input?: unknown): void =>
      addIssue({ code: 'custom', path: [...path, name, field], message, input });
    for (const { path: at, expected, known, value } of jsonDataFaults(type, jsonData)) {
      if (expected !== undefined) {
        const input = value;
        addIssue({ code: 'custom', path: [...path, 'jsonData', ...at], message: expected, input });
      } else if (known) {
        const message = known.join(' ');
        const keys = at.map(String);
        addIssue({ code: 'unrecognized_keys', keys, path: [...path, 'jsonData'], message });
      }
    }
    for (const [name, value] of Object.entries(jsonData)) {
      const instead = Object.hasOwn(elsewhere, name) ? elsewhere[name] : undefined;
      if (instead && value === true) fault('jsonData', name, instead, value);
      if (/^httpHeaderValue\d+$|password|secret|token$/i.test(name)) {
        fault('jsonData', name, `nothing: reference a Secret in secureJsonData.${name}`, value);
      }
      if (mentionsVariable(value)) {
        fault(
          'jsonData',
          name,
          'a value without $__file, $__env or $VARIABLE: Grafana has no such variables; reference a Secret in secureJsonData',
          value,
        );
      }
      const [, index] = headerName.exec(name) ?? [];
      if (index && secureJsonData[`httpHeaderValue${index}`] === undefined) {
        fault(
          'secureJsonData',
          `httpHeaderValue${index}`,
          `the value of the header ${value}: a text, or { secret, key }`,
        );
      }
    }
    for (const [name, value] of Object.entries(secureJsonData)) {
      const [, index] = /^httpHeaderValue([1-9]\d*)$/.exec(name) ?? [];
      const header = index && jsonData[`httpHeaderName${index}`];
      if (index && header === undefined) {
        fault('jsonData', `httpHeaderName${index}`, `the name of the header, or remove ${name}`);
      }
      if (typeof value !== 'string') continue;
      if (typeof header === 'string' && !isSecretHeader.test(header)) continue;
      fault('secureJsonData', name, 'an object with secret and key', value);
    }
  }
};

const isSecretHeader = /auth|token|key|secret|cookie|password|credential/i;

/** Fields that the endpoint sets. */
const elsewhere: Readonly<Record<string, string>> = {
  tlsSkipVerify: "nothing: set verification: { kind: 'unverified', reason } of the endpoint",
};

const mentionsVariable = (value: unknown): boolean =>
  typeof value === 'string'
    ? /\$__(?:file|env|vault)\{|^\$\{?[A-Z][A-Z0-9_]*\}?$/.test(value)
    : (Array.isArray(value) || isPlain(value)) && Object.values(value).some(mentionsVariable);

const offeredIn = (parties: unknown): Offered[] =>
  listOf(parties).flatMap((party, index) =>
    Object.entries(recordOf(recordOf(party).endpoints)).flatMap(([endpoint, value]) =>
      listOf(recordOf(value).offers).flatMap((offer, position): Offered[] => {
        const { capability, variant, jsonData, secureJsonData } = recordOf(offer);
        // Another type has its own finding.
        if (capability !== 'datasource' && capability !== 'logql') return [];
        if (!isRecord(jsonData) || !isRecord(secureJsonData)) return [];
        return [
          {
            path: ['parties', index, 'endpoints', endpoint, 'offers', position],
            party: String(recordOf(party).name),
            type: capability === 'logql' ? 'loki' : variant,
            jsonData: recordOf(jsonData),
            secureJsonData: recordOf(secureJsonData),
          },
        ];
      }),
    ),
  );

const isRecord = (value: unknown): boolean =>
  value === undefined || (typeof value === 'object' && value !== null && !Array.isArray(value));

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
