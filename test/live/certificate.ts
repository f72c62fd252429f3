import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A self-signed certificate with its key, as PEM. */
export interface Certificate {
  /** The path of the certificate file. */
  readonly file: string;
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** Creates a certificate that is valid for one day. `names` are such as `IP:127.0.0.1`. */
export const makeCertificate = (
  folder: string,
  names = 'IP:127.0.0.1',
  subject = '/CN=localhost',
): Certificate => {
  const [key = '', cert = ''] = ['key.pem', 'cert.pem'].map((name) => join(folder, name));
  execFileSync(
    'openssl',
    // biome-ignore format: a command line
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', subject, '-addext', `subjectAltName=${names}`, '-keyout', key, '-out', cert],
    { stdio: 'ignore' },
  );
  return { file: cert, cert: readFileSync(cert), key: readFileSync(key) };
};
