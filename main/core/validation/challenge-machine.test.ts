import { describe, expect, it } from 'vitest';
import type { DeviceModel } from '#core/proof/band.ts';
import { lineBytes } from '#core/proof/memory.ts';
import { operations, sandboxWork } from '#core/proof/parameters.ts';
import { cpuProver, type WorkProver } from '#core/proof/prove.ts';
import { commitmentHash } from '#core/proof/transcript.ts';
import { bytesOf, concatBytes, contentRoot, type Hex, keccak } from '#domain/canonical.ts';
import { FailureError } from '#domain/failures/failure.ts';
import type { SignedManifest } from '#domain/manifest.ts';
import { type ChallengeContext, challengeMachine } from './challenge-machine.ts';

const hash = (digit: string) => `0x${digit.repeat(64)}` as Hex;
const machine = `0x${'aa'.repeat(20)}`;
const gpu = (locator: string) => ({ kind: 'gpu', locator, name: 'GPU', facts: [] });
const signed = {
  manifest: {
    network: { chainId: 31_337, registry: `0x${'01'.repeat(20)}` },
    asset: { key: hash('2'), kind: 'gpu', category: 1, name: 'two GPUs' },
    owner: `0x${'bb'.repeat(20)}`,
    machine,
    capacity: { class: 'GPU hour', units: 2, unit: 'hour' },
    measurement: {
      seed: { block: 7, blockHash: hash('3'), value: hash('4') },
      components: [gpu('0000:01:00.0'), gpu('0000:02:00.0')],
    },
  },
} as unknown as SignedManifest;

/** Takes 2 s to walk and 2 s to multiply at the rates that a band is drawn around. */
const model: DeviceModel = {
  name: 'a card in small',
  memoryBytes: sandboxWork.memory.lines * lineBytes,
  int8PerSecond: operations(sandboxWork.product) / 1.4,
  memoryBytesPerSecond: (sandboxWork.memory.segments * sandboxWork.memory.steps * lineBytes) / 1.4,
};

/** A challenge of two devices, a clock that stands still until it is moved, and the machine's two provers. */
function begin(change: Partial<ChallengeContext> = {}) {
  const time = { ms: 1_000_000 };
  const open = challengeMachine(signed, {
    recover: (_, signature) => (signature === 'machine' ? machine : `0x${'cc'.repeat(20)}`),
    clock: { now: () => new Date(time.ms) },
    devices: ['0000:01:00.0', '0000:02:00.0'].map((locator) => ({ locator, work: sandboxWork, model })),
    answerMs: 60_000,
    epoch: { number: 3, validUntil: 2_000_000 },
    ...change,
  });
  const provers = open.challenge.devices.map(({ work, seed }) => cpuProver(work, seed));
  return { open, time, provers };
}

type Begun = ReturnType<typeof begin>;

/** All devices end a phase, each after its own time; the last is told the nonce of the next. */
async function phase(
  { time, provers }: Begun,
  tookMs: readonly number[],
  work: (prover: WorkProver, device: number) => Promise<{ nonce?: Hex }>,
): Promise<Hex | undefined> {
  const start = time.ms;
  const answers: (Hex | undefined)[] = [];
  for (const [device, prover] of provers.entries()) {
    time.ms = start + (tookMs[device] ?? 0);
    answers.push((await work(prover, device)).nonce);
  }
  expect(answers.slice(0, -1).every((nonce) => nonce === undefined)).toBe(true);
  return answers.at(-1);
}

async function lead(begun: Begun, { walk = [2000, 2000], product = [2000, 2000] } = {}) {
  const { open, provers } = begun;
  for (let token: string | undefined = ''; token !== undefined; ) token = open.echo(token);
  const walkNonce = await phase(begun, [0, 0], async (prover, device) => {
    await prover.fill();
    return open.filled(device);
  });
  const productNonce = await phase(begun, walk, async (prover, device) =>
    open.walked(device, await prover.walk(walkNonce as Hex)),
  );
  await phase(begun, product, async (prover, device) =>
    open.multiplied(device, await prover.multiply(productNonce as Hex)),
  );
  const challenge = open.sign('machine');
  return open.open(await Promise.all(provers.map((prover) => prover.open(challenge))));
}

async function refusal(run: () => unknown): Promise<string> {
  try {
    await run();
  } catch (error) {
    if (error instanceof FailureError)
      return `${error.failure.code}: ${error.failure.what} ${error.failure.expected} ${error.failure.found}`;
    throw error;
  }
  return 'accepted';
}

describe('a machine of two devices', () => {
  it('is attested when both do their work in the time of their model', async () => {
    const { evidence, statement, figure } = await lead(begin());
    const { devices, opened } = evidence as { opened: Hex; devices: { commitment: never; model: string }[] };
    expect(devices.map(({ model: name }) => name)).toEqual(['a card in small', 'a card in small']);
    expect(statement).toMatchObject({ kinds: 7, epoch: 3, assetKey: hash('2') });
    expect(figure).toMatchObject({ value: 2 });
    const parts = devices.map(({ commitment }) => commitmentHash(commitment));
    const signs = keccak(concatBytes(bytesOf(opened), ...parts, bytesOf(contentRoot(evidence))));
    expect(statement.evidenceHash).toBe(signs);
  });

  it('has a seed of its own for each device and each challenge', () => {
    const seeds = [begin(), begin()].flatMap(({ open }) => open.challenge.devices.map(({ seed }) => seed));
    expect(new Set(seeds).size).toBe(4);
  });

  it.each([
    [{ walk: [2000, 9000] }, 'the walk of 0000:02:00.0 is late'],
    [{ walk: [100, 2000] }, 'the walk of 0000:01:00.0 is early'],
    [{ product: [2000, 9000] }, 'the product of 0000:02:00.0 is late'],
    [{ product: [50, 2000] }, 'the product of 0000:01:00.0 is early'],
  ])('is refused when a device does not keep the time of its model: %j', async (times, words) => {
    expect(await refusal(() => lead(begin(), times))).toContain(words);
  });

  it('concludes nothing from time for a model that is not listed', async () => {
    const devices = ['0000:01:00.0', '0000:02:00.0'].map((locator) => ({ locator, work: sandboxWork }));
    const { evidence } = await lead(begin({ devices }), { walk: [1, 9000] });
    expect(evidence).toMatchObject({ devices: [{ model: 'unlisted' }, { times: { walkMs: 9000 } }] });
  });

  it('is refused when it answers after the time that every machine has', async () => {
    expect(await refusal(() => lead(begin(), { walk: [2000, 61_000] }))).toContain('the answer came too late');
  });

  it('is refused when the proof of one device is not whole', async () => {
    const begun = begin();
    const { open, provers } = begun;
    const honest = provers[1] as WorkProver;
    provers[1] = {
      ...honest,
      open: async (challenge) => {
        const opening = await honest.open(challenge);
        opening.segments[0]!.ends = `0x${'00'.repeat(128)}`;
        return opening;
      },
    };
    expect(await refusal(() => lead(begun))).toMatch(/work proof of 0000:02:00.0 does not hold \(path\)/);
    expect(open.challenge.devices).toHaveLength(2);
  });
});

describe('the order of a challenge', () => {
  it('gives out no nonce before every device has ended the phase before', async () => {
    const { open } = begin();
    expect(open.filled(0)).toEqual({});
    expect(await refusal(() => open.walked(0, hash('5')))).toContain('a walk before all memory was full');
    expect(await refusal(() => open.filled(0))).toContain('a device was filled twice');
    expect(await refusal(() => open.filled(2))).toContain('a device that was not asked');
    const { nonce } = open.filled(1);
    expect(nonce).toMatch(/^0x[0-9a-f]{64}$/);
    expect(await refusal(() => open.multiplied(0, {} as never))).toContain('products before all walks');
    expect(open.walked(0, hash('5'))).toEqual({});
    expect(await refusal(() => open.walked(0, hash('6')))).toContain('a device walked twice');
    open.walked(1, hash('6'));
    expect(await refusal(() => open.multiplied(0, { memoryRoot: hash('9') } as never))).toContain('another memory');
    expect(await refusal(() => open.sign('machine'))).toContain('a device has not committed');
    expect(await refusal(() => open.open([]))).toContain('an opening without a commitment');
  });

  it("takes the machine's own signature over all commitments, once", async () => {
    const begun = begin();
    const { open, provers } = begun;
    const filled = await phase(begun, [], async (prover, device) => {
      await prover.fill();
      return open.filled(device);
    });
    const walked = await phase(begun, [], async (prover, device) =>
      open.walked(device, await prover.walk(filled as Hex)),
    );
    for (const [device, prover] of provers.entries()) open.multiplied(device, await prover.multiply(walked as Hex));
    expect(await refusal(() => open.sign('somebody'))).toContain("the machine's key did not sign");
    open.sign('machine');
    expect(await refusal(() => open.sign('machine'))).toContain('a second signature');
  });

  it('takes an echo only as it was sent', async () => {
    const { open } = begin();
    open.echo('');
    expect(await refusal(() => open.echo('guessed'))).toContain('an echo came back changed');
  });
});
