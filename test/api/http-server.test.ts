import { Agent, get, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import { listen } from '../../src/api/index.js';

const answered = async (request: ReturnType<typeof get>): Promise<IncomingMessage> => {
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.resume();
  await once(response, 'end');
  return response;
};

const messageOf = (error: Error): string => error.message;

describe('a server that is stopped', () => {
  test('answers what is under way, lets idle connections go, and takes no new ones', async () => {
    const underWay = deferred<() => void>();
    const server = await listen(
      (request, response) => {
        if (request.url === '/slow') underWay.resolve(() => response.end('done'));
        else response.end('quick');
      },
      0,
      '127.0.0.1',
    );
    const agent = new Agent({ keepAlive: true });
    const at = (path: string) => get({ port: server.port, host: '127.0.0.1', path, agent });
    await answered(at('/quick'));
    const slow = answered(at('/slow'));
    const finish = await underWay.promise;
    const stopped = server.stop(10_000);
    finish();
    expect((await slow).statusCode).toBe(200);
    await stopped;
    agent.destroy();
    await expect(answered(get({ port: server.port, host: '127.0.0.1', path: '/' }))).rejects.toThrow(/ECONNREFUSED/);
  });

  test('cuts whoever does not end within the grace time', async () => {
    const arrived = deferred<void>();
    const server = await listen(() => arrived.resolve(), 0, '127.0.0.1');
    const hanging = answered(get({ port: server.port, host: '127.0.0.1', path: '/' })).catch(messageOf);
    await arrived.promise;
    await server.stop(50);
    expect(await hanging).toMatch(/hang up|ECONNRESET/);
  });
});

interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
}

function deferred<T>(): Deferred<T> {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
