/** The name of a JSON type. */
export type Type = 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';

/** The subset of JSON schema that `tools/schema/kubernetes-schema.ts` writes. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: Type | readonly Type[];
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly propertyNames?: Schema;
  readonly additionalProperties?: false | Schema;
  readonly required?: readonly string[];
  readonly oneOf?: readonly Alternative[];
  readonly anyOf?: readonly Alternative[];
}

/** Fields that must be set together. */
export interface Alternative {
  readonly required: readonly string[];
}

/** The content of the data file. */
export interface Schemas {
  /** The Go modules from which the schemas are generated, with their versions. */
  readonly sources: readonly string[];
  /** The definition of each kind, by `apiVersion kind`. */
  readonly kinds: Readonly<Record<string, string>>;
  readonly definitions: Readonly<Record<string, Schema>>;
}
