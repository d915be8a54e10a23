import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a server that can be shut, as when the server goes away: connections break, new ones are refused. */
export interface Gate {
  /** The server's address with the gate in its place. */
  readonly url: string;
  readonly shut: () => void;
  readonly open: () => Promise<void>;
}

/** Stands before the server of `targetUrl`, open at first. */
export async function gateBefore(targetUrl: string): Promise<Gate> {
  const target = new URL(targetUrl);
  const sockets = new Set<Socket>();
  const server = createServer((incoming) => {
    const outgoing = connect(Number(target.port), target.hostname);
    for (const [one, other] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy()).on('close', () => (sockets.delete(one), other.destroy()));
      one.pipe(other);
    }
  });
  const listen = (port: number) => new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const shut = () => {
    if (server.listening) server.close();
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: Object.assign(new URL(targetUrl), { host: `127.0.0.1:${port}` }).href,
    shut,
    open: () => listen(port),
  };
}
