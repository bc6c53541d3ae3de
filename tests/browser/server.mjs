// The program as a server of its own, on a port that was free.

import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const kSettings = {
  public_url: 'http://127.0.0.1:8080',
  clients: ['client.json'],
  listen: { port: 0 },
  admin: { enabled: false },
};

/** Starts it, gives `use` its address, and ends it whatever happens. */
export async function withServer(program, folder, use) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'client.json'), JSON.stringify({ id: 'test', authentication: 'none' }));
  writeFileSync(join(folder, 'settings.json'), JSON.stringify(kSettings));
  const server = spawn(program, ['serve', '--config', join(folder, 'settings.json')], { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = new Promise((resolve) => server.on('exit', resolve));
  try {
    await use(await addressOf(server, ended));
  } finally {
    server.kill('SIGTERM');
    await ended;
  }
}

/** The address that it says it listens on. */
function addressOf(server, ended) {
  return new Promise((resolve, reject) => {
    let said = '';
    server.stdout.on('data', (text) => {
      said += text;
      const port = /:(\d+)\n/.exec(said);
      if (port) {
        resolve(`http://127.0.0.1:${port[1]}`);
      }
    });
    ended.then((status) => reject(new Error(`the server ended with ${status}: ${said}`)));
  });
}
