import { createServer, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Certificate } from './certificate.js';

/** A mail server on loopback with STARTTLS, which keeps its messages. */
export interface MailServer {
  readonly port: number;
  readonly received: readonly string[];
  stop(): Promise<void>;
}

/** Starts a mail server that accepts every message. */
export const startMailServer = async ({ key, cert }: Certificate): Promise<MailServer> => {
  const received: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
    socket.write('220 mail\r\n');
    serve(socket, received, () => new TLSSocket(socket, { isServer: true, key, cert }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port.');
  return {
    port: address.port,
    received,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        for (const socket of sockets) socket.destroy();
      }),
  };
};

/** Answers the commands of one client; `encrypt` returns the socket after STARTTLS. */
const serve = (socket: Socket, received: string[], encrypt?: () => TLSSocket): void => {
  let text = '';
  let inMessage = false;
  const read = (chunk: Buffer): void => {
    text += chunk.toString();
    for (;;) {
      const end = inMessage ? '\r\n.\r\n' : '\r\n';
      const at = text.indexOf(end);
      if (at < 0) return;
      const line = text.slice(0, at);
      text = text.slice(at + end.length);
      if (inMessage) {
        received.push(line);
        inMessage = false;
        socket.write('250 taken\r\n');
        continue;
      }
      const command = line.split(' ')[0]?.toUpperCase();
      if (command === 'EHLO')
        socket.write(`250-mail\r\n250 ${encrypt ? 'STARTTLS' : '8BITMIME'}\r\n`);
      else if (command === 'STARTTLS' && encrypt) {
        socket.off('data', read);
        socket.write('220 go ahead\r\n');
        const encrypted = encrypt();
        encrypted.on('error', () => {});
        serve(encrypted, received);
        return;
      } else if (command === 'DATA') {
        inMessage = true;
        socket.write('354 go ahead\r\n');
      } else if (command === 'QUIT') {
        socket.end('221 bye\r\n');
      } else socket.write('250 ok\r\n');
    }
  };
  socket.on('data', read);
};

/** A message without the parts that differ each time: its subject, then the text of each part. */
export const partsOf = (message: string): string => {
  const [head = '', ...rest] = message.split('\r\n\r\n');
  const subject = /^Subject: (.*)$/m.exec(head)?.[1]?.trim() ?? '';
  const boundary = /boundary=(\S+)/.exec(head)?.[1] ?? '';
  const parts = rest
    .join('\r\n\r\n')
    .split(`--${boundary}`)
    .flatMap((part) => {
      const [, type] = /^Content-Type: (\S+?);/m.exec(part) ?? [];
      if (!type) return [];
      return `--- ${type}\n${fromQuotedPrintable(part.slice(part.indexOf('\r\n\r\n') + 4))}`;
    });
  return [`Subject: ${fromEncodedWords(subject)}`, ...parts].join('\n');
};

const fromQuotedPrintable = (text: string): string => {
  const joined = text.replace(/=\r?\n/g, '').replaceAll('\r\n', '\n');
  return decode(joined);
};

/** A header of RFC 2047, in which a space is `_`. */
const fromEncodedWords = (text: string): string =>
  text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?q\?(.*?)\?=/gi, (_, word: string) => decode(word.replaceAll('_', ' ')));

const decode = (text: string): string => {
  const bytes: Buffer[] = [];
  for (const [one, hex] of text.matchAll(/=([0-9A-F]{2})|[^=]+|=/g)) {
    bytes.push(hex ? Buffer.from(hex, 'hex') : Buffer.from(one));
  }
  return Buffer.concat(bytes).toString();
};
