/** Receivers on loopback: what a client's system and a mail server would take. */
import http from 'node:http';
import net from 'node:net';

const listening = (server: net.Server): Promise<number> =>
  new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    }),
  );
const closing = (server: net.Server) => () => new Promise<void>((resolve) => server.close(() => resolve()));

export type WebhookGot = { key: string; signature: string; body: string };

/** `answer`: the status for the nth message, from 1; 0 takes it and cuts the line before an answer. */
export async function webhookSink(answer: (count: number) => number) {
  const got: WebhookGot[] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const head = (name: string) => String(request.headers[name]);
      const body = Buffer.concat(chunks).toString('utf8');
      got.push({ key: head('idempotency-key'), signature: head('fairline-signature'), body });
      const status = answer(got.length);
      if (status === 0) request.socket.destroy();
      else response.writeHead(status).end();
    });
  });
  return { got, url: `http://127.0.0.1:${await listening(server)}/told`, close: closing(server) };
}

export type MailGot = { from: string; to: string; text: string };

/** Speaks as much SMTP (RFC 5321) as a mail needs. `answer`: its word on the nth mail's data, from 1; empty cuts the line instead. */
export async function mailSink(answer: (count: number) => string) {
  const got: MailGot[] = [];
  const server = net.createServer((socket) => {
    let data: string[] | null = null;
    let rest = '';
    const mail = { from: '', to: '' };
    const say = (line: string) => socket.write(`${line}\r\n`);
    const take = (line: string): void => {
      if (data !== null) {
        if (line !== '.') return void data.push(line.startsWith('.') ? line.slice(1) : line);
        got.push({ ...mail, text: data.join('\n') });
        data = null;
        const word = answer(got.length);
        return void (word === '' ? socket.destroy() : say(word));
      }
      const [verb = ''] = line.toUpperCase().split(' ');
      if (verb === 'MAIL') mail.from = line;
      if (verb === 'RCPT') mail.to = line;
      if (verb === 'DATA') data = [];
      if (verb === 'QUIT') return void socket.end('221 bye\r\n');
      say(verb === 'DATA' ? '354 go on' : verb === 'EHLO' || verb === 'HELO' ? '250 sink' : '250 ok');
    };
    socket.on('error', () => {});
    socket.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString('utf8')).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) take(line);
    });
    say('220 sink');
  });
  return { got, url: `smtp://127.0.0.1:${await listening(server)}`, close: closing(server) };
}
