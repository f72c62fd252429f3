import { relative, resolve } from 'node:path';
import {
  API,
  type Checker,
  type Symbol as Declared,
  SymbolFlags,
  type Type,
} from 'typescript/unstable/sync';

/** What the sources say about an option. */
export interface Documentation {
  /** The JSDoc comment. */
  readonly text: string;
  /** The tag `@default`: a value, or `- ` and a sentence. */
  readonly default?: string;
  /** Whether its type has it as optional. */
  readonly isOptional: boolean;
  /** The file that declares the option, relative to the repository. */
  readonly file: string;
}

/** The options of a type, with their documentation as editors show it. */
export interface Documented {
  /** The option with a name; `kind` selects the alternative of a union. */
  readonly option: (name: string, kind?: string) => Documented | undefined;
  /** The items of a list, or the values of a record. */
  readonly items: () => Documented;
  readonly documentation?: Documentation;
}

/** Calls `use` with a type of a file, while the compiler runs. */
export const withDocumentation = <T>(
  root: string,
  file: string,
  name: string,
  use: (documented: Documented) => T,
): T => {
  const api = new API({ cwd: root });
  try {
    const [project] = api
      .updateSnapshot({ openProjects: [resolve(root, 'tsconfig.json')] })
      .getProjects();
    const source = project?.program.getSourceFile(resolve(root, file));
    const symbol = source && project?.checker.resolveName(name, SymbolFlags.TypeAlias, source);
    if (!project || !symbol) throw new Error(`${file} has no type ${name}.`);
    const { checker } = project;
    return use(documented(checker, root, [checker.getDeclaredTypeOfSymbol(symbol)]));
  } finally {
    api.close();
  }
};

const documented = (
  checker: Checker,
  root: string,
  types: readonly Type[],
  documentation?: Documentation,
): Documented => {
  const all = types.flatMap((type) => alternatives(checker, type));
  return {
    documentation,
    option: (name, kind) => {
      const found = all
        .filter((type) => kind === undefined || isKind(checker, type, kind))
        .flatMap((type) => checker.getPropertyOfType(type, name) ?? []);
      const [first] = found;
      if (!first) return undefined;
      const inner = found.flatMap((one) => checker.getTypeOfSymbol(one) ?? []);
      return documented(checker, root, inner, documentationOf(checker, root, first));
    },
    items: () =>
      documented(
        checker,
        root,
        all.flatMap((type) => checker.getIndexInfosOfType(type).map((info) => info.valueType)),
        documentation,
      ),
  };
};

/** The alternatives of a union without `undefined`. */
const alternatives = (checker: Checker, type: Type): readonly Type[] => {
  const present = checker.getNonNullableType(type) ?? type;
  return present.isUnionType() ? present.getTypes() : [present];
};

const isKind = (checker: Checker, type: Type, kind: string): boolean => {
  const property =
    checker.getPropertyOfType(type, 'kind') ?? checker.getPropertyOfType(type, 'capability');
  const own = property && checker.getTypeOfSymbol(property);
  return own !== undefined && checker.typeToString(own).includes(`"${kind}"`);
};

const documentationOf = (checker: Checker, root: string, symbol: Declared): Documentation => {
  const tag = checker.getJsDocTagsOfSymbol(symbol).find(({ name }) => name === 'default');
  return {
    text: checker.getDocumentationCommentOfSymbol(symbol),
    ...(tag?.text !== undefined && { default: tag.text }),
    isOptional: (symbol.flags & SymbolFlags.Optional) !== 0,
    file: relative(root, symbol.declarations[0]?.path ?? root),
  };
};
