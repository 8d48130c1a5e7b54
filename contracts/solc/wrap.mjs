// solc as forge expects it on the command line, served by the solcjs package: nothing is downloaded.
import { readFileSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';

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

/**
 * Forge names what lies outside its root by absolute path where a file beside it imports it, and by "../" where we do;
 * the compiler would take these for two files. It sees "../" only, and forge gets back the names it gave.
 */
function compile(solc, text) {
  const input = JSON.parse(text);
  const outside = resolve('..');
  const given = new Map();
  const short = (name) => (name.startsWith(`${outside}/node_modules/`) ? `..${name.slice(outside.length)}` : name);
  input.sources = Object.fromEntries(
    Object.entries(input.sources).map(([name, source]) => {
      given.set(short(name), name);
      return [short(name), source];
    }),
  );
  const selection = input.settings.outputSelection;
  if (selection !== undefined) {
    input.settings.outputSelection = Object.fromEntries(Object.entries(selection).map(([name, what]) => [short(name), what]));
  }
  const output = JSON.parse(solc.compile(JSON.stringify(input)));
  for (const part of ['sources', 'contracts']) {
    if (output[part] === undefined) continue;
    output[part] = Object.fromEntries(Object.entries(output[part]).map(([name, what]) => [given.get(name) ?? name, what]));
  }
  return JSON.stringify(output);
}

/** Answers forge's call with this solcjs. */
export function answer(solc) {
  const flags = process.argv.slice(2);
  if (flags.includes('--version')) {
    const version = solc.version().replace('.Emscripten.clang', '.Linux.g++');
    print(`solc, the solidity compiler commandline interface\nVersion: ${version}\n`);
  } else if (flags.includes('--standard-json')) {
    print(compile(solc, readFileSync(0, 'utf8')));
  } else {
    process.stderr.write('the wrapper of solcjs answers --version and --standard-json only\n');
    process.exitCode = 2;
  }
}
