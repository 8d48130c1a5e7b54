import { describe, expect, it } from 'vitest';
import { failure } from '#domain/failures/failure.ts';
import type { RunEvent } from '#domain/run.ts';
import { type Api, failureFrom, portApi } from '../client/api.ts';
import { portPair } from '../client/port.ts';
import type { ApiContext } from '../context.ts';
import { scriptedDouble } from '../scripted-double.ts';
import { ipcTransport } from './ipc.ts';
import { localApi } from './local.ts';

const ways: Record<string, (context: ApiContext) => Api> = {
  'in process': localApi,
  'over a port': (context) => {
    const [page, program] = portPair();
    ipcTransport(context, program);
    return portApi(page);
  },
};

function follow(api: Api, run: string, from?: string, until: (event: RunEvent) => boolean = () => false) {
  return new Promise<RunEvent[]>((resolve, reject) => {
    const events: RunEvent[] = [];
    const subscription = api.runs.events.subscribe(
      { run, ...(from === undefined ? {} : { lastEventId: from }) },
      {
        onData: ({ data }) => {
          events.push(data);
          if (!until(data)) return;
          subscription.unsubscribe();
          resolve(events);
        },
        onComplete: () => resolve(events),
        onError: reject,
      },
    );
  });
}

describe.each(Object.entries(ways))('the API %s', (_name, way) => {
  it('plays a run from start to receipt', async () => {
    const api = way(scriptedDouble().context);
    const { run } = await api.runs.start.mutate({});
    const events = await follow(api, run);
    expect(events.at(-1)?.type).toBe('finished');
    expect(events.map(({ id }) => id)).toEqual(events.map((_, index) => index + 1));
    expect((await api.runs.receipt.query({ run }))?.deed.id).toBe('1');
    expect((await api.runs.manifest.query({ run }))?.manifest.version).toBe(1);
    expect(await api.runs.active.query()).toBeNull();
  });

  it('goes on with a stream from the event last seen', async () => {
    const api = way(scriptedDouble().context);
    const { run } = await api.runs.start.mutate({});
    const first = await follow(api, run, undefined, ({ id }) => id === 5);
    const rest = await follow(api, run, '5');
    expect(first.at(-1)?.id).toBe(5);
    expect(rest[0]?.id).toBe(6);
  });

  it('carries a failure as the object of the catalogue', async () => {
    const { context } = scriptedDouble();
    const locked = failure('run.locked', { subject: '/var/lib/x', found: 'process 42' });
    context.onboarding.start = async () => {
      const { FailureError } = await import('#domain/failures/failure.ts');
      throw new FailureError(locked);
    };
    const thrown = await way(context)
      .runs.start.mutate({})
      .catch((error: unknown) => error);
    expect(failureFrom(thrown)).toEqual(locked);
    expect(JSON.stringify(thrown)).not.toContain('    at ');
  });

  it('names what is wrong with a request', async () => {
    const thrown = await way(scriptedDouble().context)
      .runs.get.query({ run: '../../etc/passwd' })
      .catch((error: unknown) => error);
    expect(failureFrom(thrown)).toMatchObject({ code: 'request.invalid' });
    expect(failureFrom(thrown).what).toContain('run: ');
  });

  it('says that a run is unknown, to a call and to a stream', async () => {
    const api = way(scriptedDouble().context);
    const called = await api.runs.get.query({ run: 'nothing' }).catch((error: unknown) => error);
    expect(failureFrom(called).code).toBe('run.unknown');
    const streamed = await follow(api, 'nothing').catch((error: unknown) => error);
    expect(failureFrom(streamed).code).toBe('run.unknown');
  });

  it('ends a stream whose core throws with the failure', async () => {
    const { context } = scriptedDouble();
    const { run } = await context.onboarding.start({ fresh: false, approve: 'all' });
    context.onboarding.events = async function* () {
      yield* [];
      throw Object.assign(new Error('no space'), { code: 'ENOSPC', path: '/state' });
    };
    const thrown = await follow(way(context), run).catch((error: unknown) => error);
    expect(failureFrom(thrown)).toMatchObject({ code: 'disk.full', exit: 40 });
  });

  it('refuses an answer of the core that has not the promised shape', async () => {
    const { context } = scriptedDouble();
    context.product = async () => ({ version: 1 }) as never;
    const thrown = await way(context)
      .product.get.query()
      .catch((error: unknown) => error);
    expect(failureFrom(thrown).code).toBe('internal.unexpected');
  });

  it('gives the readings as they come and ends the probes of a stream left early', async () => {
    const { context } = scriptedDouble();
    const whole: string[] = [];
    await new Promise<void>((resolve, reject) =>
      way(context).machine.discover.subscribe(
        {},
        { onData: (reading) => whole.push(reading.probe), onComplete: resolve, onError: reject },
      ),
    );
    expect(whole).toEqual(['dmi', 'nvidia-smi']);

    const events: string[] = [];
    await new Promise<void>((resolve, reject) =>
      way(context).machine.inventory.subscribe(
        {},
        {
          onData: (event) => events.push(event.type === 'reading' ? event.reading.probe : event.inventory.type),
          onComplete: resolve,
          onError: reject,
        },
      ),
    );
    expect(events).toEqual(['dmi', 'nvidia-smi', 'gaib.discovery']);

    let ended: Promise<void> | undefined;
    const hanging = scriptedDouble().context;
    hanging.discover = ({ signal }) => {
      ended = new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
      return new Promise(() => {});
    };
    const subscription = way(hanging).machine.discover.subscribe({}, { onError: () => {} });
    await expect.poll(() => Boolean(ended)).toBe(true);
    subscription.unsubscribe();
    await ended;
  });
});

it('scans again and again until it is left', async () => {
  const { context } = scriptedDouble();
  let scans = 0;
  await new Promise<void>((resolve, reject) => {
    const subscription = localApi(context).machine.inventory.subscribe(
      { everySeconds: 1 },
      {
        onData: ({ type }) => {
          if (type === 'inventory') scans += 1;
          if (scans < 2) return;
          subscription.unsubscribe();
          resolve();
        },
        onError: reject,
      },
    );
  });
  expect(scans).toBe(2);
});

describe('the API over a port', () => {
  it('asks again for its streams, from the last event seen, when the far end is new', async () => {
    const { context } = scriptedDouble({ pace: 1 });
    const [page, program] = portPair();
    const leave = ipcTransport(context, program);
    const api = portApi(page);
    const { run } = await api.runs.start.mutate({});
    const events: number[] = [];
    const ended = new Promise<void>((resolve, reject) =>
      api.runs.events.subscribe(
        { run },
        { onData: ({ data }) => events.push(data.id), onComplete: resolve, onError: reject },
      ),
    );
    await expect.poll(() => events.length).toBeGreaterThan(3);
    leave();
    ipcTransport(context, program, { again: true });
    await ended;
    expect(events).toEqual(events.map((_, index) => index + 1));
  });

  it('does not carry out a mutation twice: its caller is told that the answer was lost', async () => {
    const { context } = scriptedDouble();
    let started = 0;
    context.onboarding.start = () => {
      started++;
      return new Promise(() => {});
    };
    const [page, program] = portPair();
    const leave = ipcTransport(context, program);
    const call = portApi(page).runs.start.mutate({});
    await expect.poll(() => started).toBe(1);
    leave();
    ipcTransport(context, program, { again: true });
    expect(failureFrom(await call.catch((error: unknown) => error)).code).toBe('api.unreachable');
    expect(started).toBe(1);
  });

  it('drops what is no call and goes on', async () => {
    const [page, program] = portPair();
    ipcTransport(scriptedDouble().context, program);
    for (const text of ['', 'null', '{', '[]', '{"kind":"call"}', '{"kind":"call","id":-1}', 'x'.repeat(3_000_000)])
      page.post(text);
    expect((await portApi(page).product.get.query()).network).toBe('sandbox');
  });

  it('answers the call that is one too many', async () => {
    const { context } = scriptedDouble();
    context.onboarding.runs = () => new Promise(() => {});
    const [page, program] = portPair();
    ipcTransport(context, program);
    const api = portApi(page);
    for (let count = 0; count < 64; count++) void api.runs.list.query().catch(() => {});
    const thrown = await api.product.get.query().catch((error: unknown) => error);
    expect(failureFrom(thrown)).toMatchObject({ code: 'request.invalid' });
  });
});
