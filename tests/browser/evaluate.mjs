// Runs `psoas-cds evaluate` over many requests, some at a time.

import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';

const kToday = '2026-11-21'; // the day from which the written cases count back

function evaluate(program, service, file) {
  return new Promise((resolve, reject) => {
    const args = ['evaluate', '--service', service, '--today', kToday, file];
    execFile(program, args, { encoding: 'utf8', maxBuffer: 1 << 26, timeout: 60000 }, (error, output, errors) => {
      if (error && error.code !== 1) {
        reject(new Error(`${service} ${file}: ${error.message} ${errors}`));
      } else {
        resolve(JSON.parse(output)); // a response, or the OperationOutcome of a refused call
      }
    });
  });
}

/** The answers to [{name, service, request}], in that order; the requests stay in `folder` to look at. */
export async function evaluateAll(program, cases, folder) {
  mkdirSync(folder, { recursive: true });
  const answers = new Array(cases.length);
  let next = 0;
  const work = async () => {
    for (let i = next++; i < cases.length; i = next++) {
      const { name, service, request } = cases[i];
      const file = join(folder, `${name}.${service}.json`);
      writeFileSync(file, JSON.stringify(request));
      answers[i] = await evaluate(program, service, file);
    }
  };
  await Promise.all(cpus().map(work));
  return answers;
}
