#!/usr/bin/env node
// solc as forge expects it on the command line, served by the solcjs package: nothing is downloaded.
import { readFileSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const require = createRequire(import.meta.url);
const solc = require('solc');

function print(text) {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(1, bytes, at);
    } catch (cause) {
      if (cause.code !== 'EAGAIN') throw cause;
    }
  }
}

const flags = process.argv.slice(2);
if (flags.includes('--version')) {
  print(`solc, the solidity compiler commandline interface\nVersion: ${solc.version().replace('.Emscripten.clang', '.Linux.g++')}\n`);
} else if (flags.includes('--standard-json')) {
  // Forge names what lies outside its root by absolute path, the imports name it by "../": one name for both here.
  const absolute = `"${resolve('..')}/node_modules/`;
  const relative = '"../node_modules/';
  print(solc.compile(readFileSync(0, 'utf8').replaceAll(absolute, relative)).replaceAll(relative, absolute));
} else {
  process.stderr.write('solc.mjs answers --version and --standard-json only\n');
  process.exitCode = 2;
}
