#!/usr/bin/env node
// Starts the bundle, on the Node that the project brings where the one at hand is older than 24.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const bundle = at('../dist/gaib-onboard.js');
const ownNode = at('../node_modules/node/bin/node');
const isOld = Number(process.versions.node.split('.')[0]) < 24;

if (!existsSync(bundle)) {
  console.error('✗ The program is not built.\n  to do     npm run build');
  process.exit(1);
} else if (!isOld) {
  await import(bundle);
} else if (existsSync(ownNode)) {
  const { status, signal } = spawnSync(ownNode, [bundle, ...process.argv.slice(2)], { stdio: 'inherit' });
  if (signal) process.kill(process.pid, signal);
  process.exit(status ?? 1);
} else {
  console.error(
    `✗ Node ${process.versions.node} is too old.\n  expected  Node 24\n  to do     npm ci, which brings it`,
  );
  process.exit(1);
}
