// A mail server for tests. Writes its port, then each accepted message as one line of JSON. Commands come as lines of JSON on standard input:
// {"mail":"450 try later"}, {"recipient":{"address":"a@b.example","answer":"550 no such user"}}, {"data":"552 too large"}, {"slow":2000},
// {"silent":"message"} (accepts the message and never says so), {"close":"message"} (reads it and closes), {} (back to normal).
// {"port":N,"user":"u","password":"p"} as the first argument: the port to listen on, and the password to ask for.
import { createInterface } from 'node:readline';
import { SMTPServer } from 'smtp-server';

const settings = JSON.parse(process.argv[2] ?? '{}');
let behaviour = {};
createInterface({ input: process.stdin })
  .on('line', line => { behaviour = JSON.parse(line); write({ behaviour }); })
  .on('close', () => process.exit(0));

const write = value => process.stdout.write(JSON.stringify(value) + '\n');

function refusal(answer) {
  const error = new Error(answer.slice(4));
  error.responseCode = Number(answer.slice(0, 3));
  return error;
}

const server = new SMTPServer({
  authOptional: settings.user === undefined,
  allowInsecureAuth: true,
  disabledCommands: settings.tls ? [] : ['STARTTLS'],
  logger: false,
  closeTimeout: 100,
  onAuth: (auth, _, done) => auth.username === settings.user && auth.password === settings.password
    ? done(null, { user: auth.username })
    : done(refusal('535 authentication failed')),
  onMailFrom: (_, __, done) => setTimeout(() => done(behaviour.mail ? refusal(behaviour.mail) : null), behaviour.slow ?? 0),
  onRcptTo: (address, _, done) => done(behaviour.recipient?.address === address.address ? refusal(behaviour.recipient.answer) : null),
  onData(stream, session, done) {
    const chunks = [];
    stream.on('data', chunk => chunks.push(chunk));
    stream.on('end', () => {
      if (behaviour.close === 'message') return server.connections.forEach(connection => connection.close());
      if (behaviour.data) return done(refusal(behaviour.data));
      write({
        from: session.envelope.mailFrom.address, to: session.envelope.rcptTo.map(r => r.address), secure: session.secure,
        user: session.user ?? null, message: Buffer.concat(chunks).toString('utf8'),
      });
      if (behaviour.silent !== 'message') done();
    });
  },
});
server.on('error', error => process.stderr.write(`${error.message}\n`));
server.listen(settings.port ?? 0, '127.0.0.1', () => write({ port: server.server.address().port }));
