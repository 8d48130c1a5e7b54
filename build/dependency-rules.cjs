/**
 * Who may import whom. A thing imports only what stands to its right:
 *
 *     hosts > api, adapters > core > ports > domain      renderer, preload > api client > domain      native-probes alone
 *
 * `npm run lint` applies the rules; test/arch/dependency-rules.test.ts shows that each of them fires. An exception stands
 * beside its rule with the reason.
 */
const product = '^(main|renderer|preload|native-probes)/';
const tests = '(^test/|\\.test\\.tsx?$|/fixtures/|/stub/|-double\\.ts$|/expected-[a-z]+\\.ts$)';
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** Where programs begin; everything that ships is reached from here. */
const entries = [
  '^main/hosts/cli/gaib-onboard\\.ts$',
  '^main/hosts/electron/(shell|start)\\.ts$',
  '^main/adapters/bench/worker\\.ts$',
  '^native-probes/worker\\.ts$',
  '^native-probes/benchmarks/worker\\.ts$',
  '^preload/index\\.ts$',
  '^renderer/app/main\\.tsx$',
].join('|');

/** Run by people who build, never by the product. */
const buildOnly = '^native-probes/kernels/build-[a-z]+\\.ts$';

module.exports = {
  forbidden: [
    rule('no-cycles', 'A cycle has no first file to read.', {}, { circular: true }),
    rule(
      'no-unknown-imports',
      'An import that leads nowhere is checked by no other rule.',
      {},
      { couldNotResolve: true },
    ),
    rule(
      'no-dead-code',
      'Every file is reached from a program that ships; one that only its test imports does nothing for anybody. A contract may stand before its first probe.',
      { path: entries },
      {
        path: product,
        pathNot: [entries, tests, buildOnly, '/generated/', '\\.d\\.ts$', '^native-probes/[a-z]+/contract\\.ts$'],
        reachable: false,
      },
    ),

    rule(
      'domain-is-pure',
      'The words and the pure rules know nothing around them.',
      { path: '^main/domain/', pathNot: tests },
      { path: ['^main/(?!domain/)', '^(renderer|preload|native-probes|test|build)/'] },
    ),
    rule(
      'pure-rooms-run-anywhere',
      'Domain, core and the API client run in a browser too: clock, disk, net and processes come through ports.',
      { path: '^main/(domain|core|api/(client|shapes))/', pathNot: tests },
      { dependencyTypes: ['core'] },
    ),
    rule(
      'ports-know-the-domain-only',
      'A port says what the core needs, in words of the domain.',
      { path: '^main/core/ports/' },
      { path: '^main/(?!domain/|core/ports/)' },
    ),
    rule(
      'core-knows-ports-not-adapters',
      'The core asks for ports; hosts hand it adapters.',
      { path: '^main/core/', pathNot: tests },
      { path: ['^main/(adapters|api|hosts)/', '^(renderer|preload|native-probes)/'] },
    ),
    rule(
      'steps-do-not-know-each-other',
      'Steps talk in values of the domain and may name the type of what another leaves. Two places string them together: onboarding (a run) and validation (a challenge).',
      { path: '^main/core/([^/]+)/', pathNot: ['^main/core/(onboarding|validation)/', tests] },
      { path: '^main/core/', pathNot: '^main/core/($1|ports)/', dependencyTypesNot: ['type-only'] },
    ),

    rule(
      'api-knows-the-domain-only',
      'The API asks its context; it goes past it to no core, adapter or host.',
      { path: '^main/api/', pathNot: tests },
      { path: ['^main/(core|adapters|hosts)/', '^(renderer|preload|native-probes)/'] },
    ),
    rule(
      'client-takes-types-only',
      'The client is the type of the router turned into functions; no server code comes with it.',
      { path: '^main/api/client/', pathNot: tests },
      { path: '^main/api/(?!client/|shapes/)', dependencyTypesNot: ['type-only'] },
    ),

    rule(
      'adapters-do-not-steer',
      'An adapter implements a port. It may use the pure rules of the core, never the run that calls it.',
      { path: '^main/adapters/', pathNot: tests },
      { path: ['^main/(api|hosts)/', '^main/core/onboarding/'] },
    ),
    rule(
      'adapters-do-not-know-each-other',
      'Adapters stand side by side, but for those that stand on one: files (durable writes) and processes (starting a Node) serve all; chain signs with keys; sandbox speaks through chain/rpc; validators hold keys and have the benchmark worker do the work.',
      { path: '^main/adapters/([^/]+)/', pathNot: tests },
      {
        path: '^main/adapters/',
        pathNot: [
          '^main/adapters/($1|files|processes)/',
          '^main/adapters/keys/keystore\\.ts$',
          '^main/adapters/chain/rpc\\.ts$',
          '^main/adapters/bench/(prove|worker-connection)\\.ts$',
        ],
      },
    ),
    rule(
      'files-and-processes-know-nobody',
      'What all other adapters may use stands on nothing.',
      { path: '^main/adapters/(files|processes)/', pathNot: tests },
      { path: '^main/(?!adapters/(files|processes)/)' },
    ),

    rule(
      'nobody-imports-a-host',
      'Hosts are composition roots, the ends of the graph.',
      { pathNot: ['^main/hosts/', tests] },
      { path: '^main/hosts/' },
    ),
    rule(
      'hosts-do-not-know-each-other',
      'They share composition (what is opened) and page (files and headers). The command line starts console and validator.',
      { path: '^main/hosts/([^/]+)/', pathNot: ['^main/hosts/cli/commands/(console|validator)\\.ts$', tests] },
      { path: '^main/hosts/', pathNot: '^main/hosts/($1|composition|page)/' },
    ),
    rule(
      'composition-knows-no-host',
      'What is shared by hosts does not know who shares it.',
      { path: '^main/hosts/(composition|page)/', pathNot: tests },
      { path: '^main/hosts/(?!composition/|page/)' },
    ),

    rule(
      'renderer-sees-client-and-domain',
      'The page reaches the machine through the API only.',
      { path: '^renderer/', pathNot: tests },
      { path: ['^main/(?!domain/|api/client/)', '^(preload|native-probes|test|build)/'] },
    ),
    rule(
      'renderer-has-no-node',
      'The same page runs in a plain browser.',
      { path: '^renderer/', pathNot: tests },
      { dependencyTypes: ['core'] },
    ),
    rule(
      'features-do-not-know-each-other',
      'What two screens share goes to components or lib. A run ends in its receipt, which its screen shows.',
      { path: '^renderer/features/([^/]+)/', pathNot: tests },
      {
        path: '^renderer/(features|app)/',
        pathNot: ['^renderer/features/$1/', '^renderer/features/receipt/receipt-panel\\.tsx$'],
      },
    ),
    rule(
      'pieces-know-no-screen',
      'Components, lib and texts are used by screens and use none.',
      { path: '^renderer/(components|lib|texts|styles)/', pathNot: tests },
      { path: '^renderer/(features|app)/' },
    ),
    rule(
      'preload-is-a-wire',
      'The preload exposes one port and decides nothing.',
      { path: '^preload/', pathNot: tests },
      { path: ['^main/(?!api/client/|domain/)', '^(renderer|native-probes)/'] },
    ),

    rule(
      'probes-stand-alone',
      'native-probes can be published and run by itself.',
      { path: '^native-probes/' },
      { path: '^(main|renderer|preload|test|build)/' },
    ),
    rule(
      'probes-do-not-know-each-other',
      'One probe, one folder; what two share stands above both.',
      { path: '^native-probes/(gpu|robot|power|host)/([^/]+)/', pathNot: tests },
      { path: '^native-probes/(gpu|robot|power|host)/[^/]+/', pathNot: '^native-probes/$1/$2/' },
    ),
    rule(
      'probes-have-two-doors',
      'Probes and benchmarks enter main through their adapters; composition reads recordings (practice) to name them before any worker starts.',
      {
        path: '^(main|renderer|preload)/',
        pathNot: ['^main/adapters/(probes|bench)/', '^main/hosts/composition/this-machine\\.ts$', tests],
      },
      { path: '^native-probes/' },
    ),

    rule(
      'electron-has-two-doors',
      'Only the shell of the Electron host and the preload import electron.',
      { pathNot: '^(main/hosts/electron/shell\\.ts|preload/index\\.ts)$' },
      { path: '(^electron(/|$)|node_modules/electron/)' },
    ),
    rule(
      'sqlite-has-one-door',
      'Only the store opens a database.',
      { pathNot: '^(main/adapters/store/|test/)' },
      { path: '^(node:)?sqlite$' },
    ),
    rule(
      'ethers-has-one-door',
      'Only chain and keys know the library that speaks Ethereum.',
      { path: product, pathNot: ['^main/adapters/(chain|keys)/', tests] },
      { path: 'node_modules/(ethers|viem)/' },
    ),
    rule(
      'ffi-has-one-door',
      'Only native-probes/ffi loads a shared library.',
      { pathNot: '^native-probes/ffi/' },
      { path: 'node_modules/koffi/' },
    ),

    rule(
      'no-tests-in-product',
      'What ships imports no test, recording, stub or double.',
      { path: product, pathNot: tests },
      { path: tests },
    ),
    rule(
      'no-dev-dependencies-in-product',
      'What ships stands under dependencies. Electron is the host itself and comes with the package; kernels are built by people who have the tools.',
      { path: product, pathNot: [tests, buildOnly, '\\.config\\.ts$'] },
      {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['type-only'],
        pathNot: 'node_modules/electron/',
      },
    ),
  ],
  options: {
    // TypeScript 7 would leave dependency-cruiser without a parser: it reads no .ts and reports success. The test asserts a floor.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['/fixtures/', '^test/arch/seeds/'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.cjs', '.json'],
    },
  },
};
