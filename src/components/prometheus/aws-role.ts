import type { ConfigFault } from '../../config/faults.js';
import type { FoundFault } from '../../model/fault.js';
import { type AwsRole, roleSection } from '../aws-role.js';

/** A remote server, as far as its signature. */
interface Signer {
  readonly sigv4?: object;
  readonly awsCredentials?: object;
}

interface Servers {
  readonly remoteWrite: readonly Signer[];
  readonly remoteRead: readonly object[];
  readonly awsRole?: AwsRole;
}

/** The paths of the entries that sign requests with the role. */
const signing = (options: Servers): string[] =>
  (['remoteWrite', 'remoteRead'] as const).flatMap((option) =>
    options[option].flatMap((one: Signer, index) =>
      one.sigv4 && !one.awsCredentials ? [`${option}[${index}].sigv4`] : [],
    ),
  );

/** Entries that sign requests without any credentials, and a role that no entry uses. */
export const awsRoleFaults = (options: Servers): FoundFault<ConfigFault>[] => {
  const [path] = signing(options);
  if (options.awsRole) {
    return path ? [] : [{ fault: 'unused-role', place: { path: 'awsRole' } }];
  }
  return path ? [{ fault: 'no-aws-credentials', place: { path } }] : [];
};

/** What AWS needs for the role, for the generated README. */
export const awsRoleSection = (
  options: Servers,
  account: { readonly namespace: string; readonly name: string },
): string[] => {
  const { awsRole: given } = options;
  if (!given || signing(options).length === 0) return [];
  const text = roleSection(given, account, {
    purpose: 'Prometheus signs requests to remote servers with',
    permissions:
      'the permissions of these servers, for Amazon Managed Prometheus `aps:RemoteWrite`',
  });
  return [`## Role of AWS\n${text}`];
};
