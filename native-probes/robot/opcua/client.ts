/**
 * A session with an OPC UA server that can look and nothing else. The library can write, call methods and delete nodes;
 * every request goes through a gate that knows the services of the list. Nothing is put on the disk: the library's
 * habit of keeping certificates in the user's home is turned off. It is loaded when a target is read.
 */
import { createHash } from 'node:crypto';
import type { ClientSession, EndpointDescription, OPCUAClient, ReferenceDescription } from 'node-opcua-client';
import { endpoint, openTcp, Unanswered } from '../../network/connect.ts';
import type { NetworkProbeContext, Target } from '../../network/contract.ts';
import { printable } from '../../printable.ts';
import { oneConnection } from './transport.ts';
import { type Plain, plain } from './values.ts';

export const port = 4840;

/** Requests that may leave, by their names in OPC 10000-4; the last two belong to the connection itself. */
export const requests = [
  'GetEndpointsRequest',
  'CreateSessionRequest',
  'ActivateSessionRequest',
  'TranslateBrowsePathsToNodeIdsRequest',
  'BrowseRequest',
  'BrowseNextRequest',
  'ReadRequest',
  'CloseSessionRequest',
  'OpenSecureChannelRequest',
  'CloseSecureChannelRequest',
] as const;

export interface Reference {
  id: string;
  name: string;
  kind: 'object' | 'variable';
}

export interface Session {
  namespaces(): Promise<string[]>;
  /** The node at the end of a path below the Objects folder, `/2:DeviceSet`, or nothing. */
  find(path: string): Promise<string | undefined>;
  /** Objects and variables right below each node. */
  children(ids: readonly string[]): Promise<Reference[][]>;
  values(ids: readonly string[]): Promise<(Plain | undefined)[]>;
  close(): Promise<void>;
}

const requestMs = 5000;
const nodesAtOnce = 50;
const pagesAtMost = 20;

/** Opens a session; throws `Unanswered`. */
export async function openSession(target: Target, context: NetworkProbeContext): Promise<Session> {
  const tcp = await openTcp(target, port, context);
  const [address, at] = [tcp.remoteAddress ?? target.host, tcp.remotePort ?? port];
  const where = endpoint(address, at);
  const { promise: broken, reject } = Promise.withResolvers<never>();
  broken.catch(() => {});
  const client = await newClient(oneConnection(tcp, where, reject), namedBy(target));
  context.signal.addEventListener('abort', () => reject(new Unanswered('timeout', `${where} was given up.`)), {
    once: true,
  });
  const close = async (session?: ClientSession) => {
    const closing = (async () => {
      await session?.close();
      await client.disconnect();
    })().catch(() => {});
    await Promise.race([closing, after(2000)]);
    tcp.destroy();
  };
  const within = <T>(work: Promise<T>, what: string, ms = requestMs): Promise<T> => {
    work.catch(() => {});
    const late = after(ms).then(() => {
      throw new Unanswered('timeout', `${where} did not ${what} within ${ms / 1000} s.`);
    });
    return Promise.race([work, broken, late]);
  };
  try {
    await within(client.connect(`opc.tcp://${endpoint(target.host, at)}`), 'answer as an OPC UA server');
    const endpoints = await within(client.getEndpoints(), 'say how it is talked to');
    const session = await within(
      client.createSession(identityFor(target, openEndpoint(endpoints, where), where)),
      'open a session',
    );
    return look(session, within, () => close(session));
  } catch (error) {
    await close();
    throw explain(error, where);
  }
}

async function newClient(
  transportFactory: ReturnType<typeof oneConnection>,
  certificate: string | undefined,
): Promise<OPCUAClient> {
  const [{ MessageSecurityMode, OPCUAClient, SecurityPolicy, setErrorLogger, setWarningLogger }, keys] =
    await Promise.all([import('node-opcua-client'), clientKeys()]);
  // It prints what servers say to it; whoever reads gets a sentence instead.
  setWarningLogger(() => {});
  setErrorLogger(() => {});
  const client = OPCUAClient.create({
    applicationName: 'gaib-onboard',
    applicationUri,
    clientName: 'gaib-onboard',
    certificateKeyPairProvider: keys,
    securityMode: MessageSecurityMode.None,
    securityPolicy: SecurityPolicy.None,
    endpointMustExist: false,
    connectionStrategy: { maxRetry: 0, initialDelay: 100, maxDelay: 100 },
    keepSessionAlive: false,
    transportTimeout: requestMs,
    defaultTransactionTimeout: requestMs,
    requestedSessionTimeout: 60_000,
    transportFactory,
  });
  guard(client, certificate);
  return client;
}

/**
 * Every request of client and session goes through this one function of the library.
 * @param certificate SHA-256 of the one certificate that a password may be encrypted for. The session can show another
 * one than the endpoint did, or none, and the library would then encrypt for that one, or not at all.
 */
export function guard(client: OPCUAClient, certificate?: string): void {
  const inner = client as unknown as Transactions;
  const perform = inner.performMessageTransaction.bind(client);
  inner.performMessageTransaction = (request, callback) => {
    const { name } = request.schema;
    const token = request.userIdentityToken;
    if (!(requests as readonly string[]).includes(name)) {
      callback(new Error(`this program sends no ${name}`));
    } else if (token?.password && !token.encryptionAlgorithm) {
      callback(new Unanswered('denied', 'The password was kept back: the server would take it unencrypted.'));
    } else if (certificate !== undefined && name === 'CreateSessionRequest') {
      perform(request, (error, response) => {
        const shown = sha256(response?.serverCertificate ?? undefined);
        if (error !== null || shown === certificate) callback(error, response);
        else
          callback(
            new Unanswered(
              'denied',
              'The session shows another certificate than the target names, so nobody logged in to it.',
            ),
          );
      });
    } else {
      perform(request, callback);
    }
  };
}

interface Transactions {
  performMessageTransaction(
    request: { schema: { name: string }; userIdentityToken?: { password?: unknown; encryptionAlgorithm?: unknown } },
    callback: (error: Error | null, response?: { serverCertificate?: Buffer | null }) => void,
  ): void;
}

const sha256 = (bytes: Uint8Array = Buffer.alloc(0)) => createHash('sha256').update(bytes).digest('hex');

/** The certificate the owner named, as hexadecimal digits. */
const namedBy = ({ options }: Target) => options?.fingerprint?.replace(/[^0-9a-f]/gi, '').toLowerCase();

const applicationUri = 'urn:gaib-onboard';
let keys: ReturnType<typeof newKeys> | undefined;

/** The protocol wants a certificate even where nothing is signed: one for this process, kept nowhere. */
function clientKeys(): ReturnType<typeof newKeys> {
  keys ??= newKeys();
  return keys;
}

async function newKeys() {
  const { InMemoryCertificateKeyPairProvider } = await import('node-opcua-common');
  const provider = new InMemoryCertificateKeyPairProvider();
  await provider.ensureCertificateExists({ applicationUri, subject: 'CN=gaib-onboard', dns: ['localhost'] });
  return provider;
}

/** The endpoint that can be talked to without signing. */
function openEndpoint(endpoints: readonly EndpointDescription[], where: string): EndpointDescription {
  const found = endpoints.find(({ securityMode }) => securityMode === 1);
  if (found !== undefined) return found;
  throw new Unanswered(
    'denied',
    `${where} talks only over signed connections, which this program does not open: let it offer security mode None for reading.`,
  );
}

/** Nobody, or the user of the target; a password goes out encrypted for a certificate that the owner named, or not. */
function identityFor(target: Target, at: EndpointDescription, where: string) {
  const { username, password } = target.secrets ?? {};
  // User token types of OPC 10000-4: 0 anonymous, 1 user name.
  if (username === undefined || password === undefined) return { type: 0 as const };
  const certificate = createHash('sha256')
    .update(at.serverCertificate ?? Buffer.alloc(0))
    .digest('hex');
  const named = target.options?.fingerprint?.replace(/[^0-9a-f]/gi, '').toLowerCase();
  if (named !== certificate) {
    const shown = certificate.replace(/(..)(?=.)/g, '$1:').toUpperCase();
    throw new Unanswered(
      'denied',
      `The password was kept back: the option fingerprint of this target must name the certificate of ${where}, which is ${shown}.`,
    );
  }
  const policies = (at.userIdentityTokens ?? []).filter(({ tokenType }) => tokenType === 1);
  if (!policies.some(({ securityPolicyUri }) => /#(?:Basic256Sha256|Aes)/.test(securityPolicyUri ?? ''))) {
    throw new Unanswered('denied', `The password was kept back: ${where} would take it unencrypted.`);
  }
  return { type: 1 as const, userName: username, password };
}

function look(
  session: ClientSession,
  within: <T>(work: Promise<T>, what: string) => Promise<T>,
  close: () => Promise<void>,
): Session {
  const asReferences = (found: readonly ReferenceDescription[]): Reference[] =>
    found.map(({ nodeId, browseName, nodeClass }) => ({
      id: nodeId.toString(),
      name: printable(browseName.name ?? '', 120),
      kind: nodeClass === 2 ? 'variable' : 'object',
    }));
  const browse = async (ids: readonly string[]): Promise<Reference[][]> => {
    const results = await within(session.browse(ids.map(hierarchyBelow)), 'answer a browse');
    return Promise.all(
      results.map(async (result) => {
        const found = [...(result.references ?? [])];
        let next = result.continuationPoint;
        for (let page = 0; page < pagesAtMost && next?.length > 0; page += 1) {
          const more = await within(session.browseNext(next, false), 'answer a browse');
          found.push(...(more.references ?? []));
          next = more.continuationPoint;
        }
        return asReferences(found);
      }),
    );
  };
  return {
    async namespaces() {
      const value = await within(session.read({ nodeId: 'i=2255', attributeId: 13 }), 'read its namespaces');
      const list: unknown = value.value?.value;
      return Array.isArray(list) ? list.slice(0, 200).map(String) : [];
    },
    async find(path) {
      const { makeBrowsePath } = await import('node-opcua-client');
      const result = await within(session.translateBrowsePath(makeBrowsePath('i=85', path)), 'find a node');
      return result.targets?.[0]?.targetId.toString();
    },
    children: (ids) => inBatches(ids, browse),
    values: (ids) =>
      inBatches(ids, async (batch) => {
        const read = session.read(batch.map((nodeId) => ({ nodeId, attributeId: 13 })));
        return (await within(read, 'read values')).map(plain);
      }),
    close,
  };
}

/** Everything that is below a node in the hierarchy (i=33), objects (1) and variables (2) only. */
const hierarchyBelow = (nodeId: string) => ({
  nodeId,
  referenceTypeId: 'i=33',
  includeSubtypes: true,
  browseDirection: 0,
  nodeClassMask: 3,
  resultMask: 63,
});

async function inBatches<In, Out>(all: readonly In[], work: (batch: In[]) => Promise<Out[]>): Promise<Out[]> {
  const results: Out[] = [];
  for (let at = 0; at < all.length; at += nodesAtOnce) results.push(...(await work(all.slice(at, at + nodesAtOnce))));
  return results;
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}

function explain(error: unknown, where: string): Unanswered {
  if (error instanceof Unanswered) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (
    /BadUserAccessDenied|BadIdentityToken(?:Rejected|Invalid)|Cannot find .* user identity|user token policy/i.test(
      message,
    )
  ) {
    return new Unanswered('denied', `${where} lets nobody in without a user it knows.`);
  }
  if (/BadSecurity|BadCertificate/.test(message)) {
    return new Unanswered('denied', `${where} does not accept this program: ${printable(message, 120)}.`);
  }
  return new Unanswered('nonsense', `${where} does not speak OPC UA as it should: ${printable(message, 160)}.`);
}
