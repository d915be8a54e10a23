/**
 * The listening socket and its orderly end: callers under way are answered, idle connections are let go, and nobody
 * who keeps one open can hold the process.
 */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { within } from './within.js';

export interface HttpServer {
  readonly port: number;
  /** Takes no new connection, answers what is under way, and cuts what is left after `graceMs`. */
  readonly stop: (graceMs: number) => Promise<void>;
}

/** @throws Error with code EADDRINUSE if the port is taken */
export async function listen(listener: RequestListener, port: number, host: string): Promise<HttpServer> {
  const server = createServer(listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  return { port: (server.address() as AddressInfo).port, stop: (graceMs) => stop(server, graceMs) };
}

async function stop(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  await within(graceMs, closed, undefined);
  server.closeAllConnections();
  await closed;
}
