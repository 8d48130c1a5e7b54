/**
 * Each rule of build/dependency-rules.cjs is shown to fire: a small tree of the same folders, sound but for one seeded
 * import, is read by the same tool with the same rules. The tree without a seed is clean, and the real one is read whole.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);
const rules = require(join(root, 'build/dependency-rules.cjs')) as { forbidden: { name: string }[] };
const tree = mkdtempSync(join(tmpdir(), 'gaib-onboard-seeds-'));
afterAll(() => rmSync(tree, { recursive: true, force: true }));

/** One file for each room, reached from a program that ships. */
const sound: Readonly<Record<string, string>> = {
  'main/hosts/cli/gaib-onboard.ts': "import '../composition/program.ts';\nimport './commands/console.ts';",
  'main/hosts/cli/commands/console.ts': "import '../../console/serve.ts';",
  'main/hosts/console/serve.ts': 'export const serve = 1;',
  'main/hosts/electron/shell.ts': "import 'electron';",
  'main/hosts/electron/start.ts': 'export const start = 1;',
  'main/hosts/composition/program.ts':
    "import '#core/onboarding/run.ts';\nimport '#api/router.ts';\nimport '#adapters/store/journal.ts';\nimport '#adapters/chain/gateway.ts';\nimport '#adapters/probes/supervise.ts';",
  'main/api/router.ts': "import './machine.ts';",
  'main/api/machine.ts': "import '#domain/asset.ts';",
  'main/api/client/api.ts': "import '#domain/asset.ts';",
  'main/core/onboarding/run.ts': "import '../discovery/find.ts';\nimport '../deed/mint.ts';",
  'main/core/discovery/find.ts': "import '#ports/clock.ts';",
  'main/core/deed/mint.ts': "import '#domain/asset.ts';",
  'main/core/ports/clock.ts': "import '#domain/asset.ts';",
  'main/domain/asset.ts': 'export const asset = 1;',
  'main/adapters/store/journal.ts': "import 'node:sqlite';\nimport '#adapters/files/write.ts';",
  'main/adapters/chain/gateway.ts': "import 'ethers';",
  'main/adapters/files/write.ts': 'export const write = 1;',
  'main/adapters/probes/supervise.ts': "import '#probes/contract.ts';",
  'main/adapters/bench/worker.ts': 'export const worker = 1;',
  'native-probes/worker.ts': "import './gpu/one/probe.ts';\nimport './gpu/two/probe.ts';",
  'native-probes/benchmarks/worker.ts': 'export const worker = 1;',
  'native-probes/contract.ts': 'export const contract = 1;',
  'native-probes/gpu/one/probe.ts': "import '../../contract.ts';\nimport '../../ffi/library.ts';",
  'native-probes/gpu/two/probe.ts': "import '../../contract.ts';",
  'native-probes/ffi/library.ts': "import 'koffi';",
  'preload/index.ts': "import 'electron';",
  'renderer/app/main.tsx': "import '../features/one/screen.tsx';\nimport '../features/two/screen.tsx';",
  'renderer/features/one/screen.tsx': "import '../../components/button.tsx';\nimport '#api/client/api.ts';",
  'renderer/features/two/screen.tsx': "import '../../components/button.tsx';",
  'renderer/components/button.tsx': 'export const button = 1;',
  'main/api/program-double.ts': 'export const double = 1;',
};

/** The import that each rule forbids, added to a file of the sound tree (or a file of its own). */
const seeds: Readonly<Record<string, readonly [file: string, line: string]>> = {
  'no-cycles': ['main/domain/asset.ts', "import './asset-two.ts';"],
  'no-unknown-imports': ['main/core/deed/mint.ts', "import './nowhere.ts';"],
  'no-dead-code': ['main/core/deed/forgotten.ts', 'export const forgotten = 1;'],
  'domain-is-pure': ['main/domain/asset.ts', "import '#ports/clock.ts';"],
  'pure-rooms-run-anywhere': ['main/core/deed/mint.ts', "import 'node:fs';"],
  'ports-know-the-domain-only': ['main/core/ports/clock.ts', "import '#api/machine.ts';"],
  'core-knows-ports-not-adapters': ['main/core/deed/mint.ts', "import '#adapters/files/write.ts';"],
  'steps-do-not-know-each-other': ['main/core/deed/mint.ts', "import '../discovery/find.ts';"],
  'api-knows-the-domain-only': ['main/api/machine.ts', "import '#core/deed/mint.ts';"],
  'client-takes-types-only': ['main/api/client/api.ts', "import '../router.ts';"],
  'adapters-do-not-steer': ['main/adapters/store/journal.ts', "import '#core/onboarding/run.ts';"],
  'adapters-do-not-know-each-other': ['main/adapters/store/journal.ts', "import '#adapters/chain/gateway.ts';"],
  'files-and-processes-know-nobody': ['main/adapters/files/write.ts', "import '#domain/asset.ts';"],
  'nobody-imports-a-host': ['main/api/machine.ts', "import '../hosts/console/serve.ts';"],
  'hosts-do-not-know-each-other': ['main/hosts/console/serve.ts', "import '../electron/start.ts';"],
  'composition-knows-no-host': ['main/hosts/composition/program.ts', "import '../console/serve.ts';"],
  'renderer-sees-client-and-domain': ['renderer/components/button.tsx', "import '#core/deed/mint.ts';"],
  'renderer-has-no-node': ['renderer/components/button.tsx', "import 'node:os';"],
  'features-do-not-know-each-other': ['renderer/features/one/screen.tsx', "import '../two/screen.tsx';"],
  'pieces-know-no-screen': ['renderer/components/button.tsx', "import '../features/two/screen.tsx';"],
  'preload-is-a-wire': ['preload/index.ts', "import '../main/core/deed/mint.ts';"],
  'probes-stand-alone': ['native-probes/contract.ts', "import '../main/domain/asset.ts';"],
  'probes-do-not-know-each-other': ['native-probes/gpu/one/probe.ts', "import '../two/probe.ts';"],
  'probes-have-two-doors': ['main/core/deed/mint.ts', "import '#probes/contract.ts';"],
  'electron-has-two-doors': ['main/hosts/electron/start.ts', "import 'electron';"],
  'sqlite-has-one-door': ['main/adapters/files/write.ts', "import 'node:sqlite';"],
  'ethers-has-one-door': ['main/core/deed/mint.ts', "import 'ethers';"],
  'ffi-has-one-door': ['native-probes/gpu/one/probe.ts', "import 'koffi';"],
  'no-tests-in-product': ['main/api/machine.ts', "import './program-double.ts';"],
  'no-dev-dependencies-in-product': ['main/core/deed/mint.ts', "import 'fast-check';"],
};

/** What the second half of a seed needs. */
const companions: Readonly<Record<string, readonly [file: string, text: string]>> = {
  'no-cycles': ['main/domain/asset-two.ts', "import './asset.ts';"],
};

interface Report {
  summary: { violations: { rule: { name: string } }[]; totalCruised: number };
}

function cruise(folder: string): Report {
  const tool = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const words = ['--config', join(folder, 'build/dependency-rules.cjs'), '--output-type', 'json'];
  const text = execFileSync(process.execPath, [tool, ...words, 'main', 'renderer', 'preload', 'native-probes'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  return JSON.parse(text) as Report;
}

/** A tree with these files, in which packages are found as in the project. */
function plant(name: string, files: Readonly<Record<string, string>>): string {
  const folder = join(tree, name);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `${text}\n`);
  }
  mkdirSync(join(folder, 'build'), { recursive: true });
  for (const file of ['package.json', 'tsconfig.base.json', 'build/dependency-rules.cjs'])
    cpSync(join(root, file), join(folder, file));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

const broken = ({ summary }: Report) => [...new Set(summary.violations.map(({ rule }) => rule.name))];

describe('the dependency rules', { timeout: 120_000 }, () => {
  test('have a seed each', () => {
    expect(Object.keys(seeds).sort()).toEqual(rules.forbidden.map(({ name }) => name).sort());
  });

  test('find nothing in a sound tree', () => {
    expect(broken(cruise(plant('sound', sound)))).toEqual([]);
  });

  test.each(Object.entries(seeds))('%s fires on %s', (name, [file, line]) => {
    const second = companions[name];
    const files = {
      ...sound,
      ...(second === undefined ? {} : { [second[0]]: second[1] }),
      [file]: sound[file] === undefined ? line : `${line}\n${sound[file]}`,
    };
    expect(broken(cruise(plant(name, files)))).toContain(name);
  });

  // A tool without a parser for TypeScript reads nothing and reports success.
  test('are applied to the whole project, not to an empty list', () => {
    expect(cruise(root).summary.totalCruised).toBeGreaterThan(500);
  });
});
