import type { z } from 'zod';
import type { SecretReference } from '../model/prerequisite.js';
import type { Engine, EngineTypes } from './engine-schema.js';

/** A value of an engine's type in an environment: with references to Secrets instead of secrets. */
export type EngineValue<E extends Engine, Type> = Type extends `[]${infer Of}`
  ? EngineValue<E, Of>[]
  : Type extends `{${string}}${infer Of}`
    ? Record<string, EngineValue<E, Of>>
    : Type extends keyof E['scalars']
      ? z.input<E['scalars'][Type]>
      : Type extends keyof E['types']
        ? E['types'][Type] extends readonly (infer Value)[]
          ? Value
          : Struct<E, Flat<E['types'], E['types'][Type]>, NeededOf<E, Type>>
        : SecretReference;

type NeededOf<E extends Engine, Type> = Type extends keyof E['needed']
  ? E['needed'][Type][number]
  : never;

type Struct<E extends Engine, Fields, Needed> = {
  [Name in Own<Fields> & Needed]: FieldValue<E, Fields, Name>;
} & {
  [Name in Exclude<Own<Fields>, Needed>]?: FieldValue<E, Fields, Name>;
};

type FieldValue<
  E extends Engine,
  Fields,
  Name extends keyof Fields,
> = `${Name & string}_file` extends keyof Fields
  ? SecretReference | Plain<E, Fields[Name]>
  : EngineValue<E, Fields[Name]>;

/** The names of the fields that hold a value; a field that says where another value is found is left out. */
type Own<Fields> = Exclude<keyof Fields, Derived<keyof Fields, keyof Fields>>;

type Derived<Name, All> = Name extends `${infer Of}_file` | `${infer Of}_ref`
  ? Of extends All
    ? Name
    : never
  : never;

/** The value of a field that is not a secret. */
type Plain<E extends Engine, Type> = Type extends `${string}Secret${string}`
  ? never
  : EngineValue<E, Type>;

/** The fields of a struct, including those of embedded structs. */
export type Flat<T extends EngineTypes, Fields> = {
  [Name in keyof Fields as Name extends `...${string}` ? never : Name]: Fields[Name];
} & Joined<
  { [Name in keyof Fields]: Name extends `...${infer Of}` ? Inlined<T, Of> : never }[keyof Fields]
>;

type Inlined<T extends EngineTypes, Of> = Of extends keyof T ? Flat<T, T[Of]> : never;

type Joined<Union> = [Union] extends [never]
  ? unknown
  : (Union extends unknown ? (one: Union) => void : never) extends (all: infer All) => void
    ? All
    : never;
