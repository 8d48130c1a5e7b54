/** TLS over a connection that is open: the other side's certificate is checked, with the owner's own authority if given. */
import { isIP, type Socket } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { Unanswered } from '../network/connect.ts';
import type { Target } from '../network/contract.ts';
import { printable } from '../printable.ts';

const patienceMs = 5000;

/**
 * Agrees on TLS; throws `Unanswered`. From the target's secrets, all in PEM: `ca`, and `certificate` with `key` where the
 * other side wants to know who asks. With the option `fingerprint` (SHA-256, hexadecimal) that one certificate is
 * believed and no other.
 */
export async function openTls(tcp: Socket, target: Target, where: string): Promise<TLSSocket> {
  const { ca, certificate, key } = target.secrets ?? {};
  const pinned = target.options?.fingerprint;
  let socket: TLSSocket | undefined;
  try {
    socket = connect({
      socket: tcp,
      host: target.host,
      ...(isIP(target.host) === 0 ? { servername: target.host } : {}),
      ...(ca === undefined ? {} : { ca }),
      rejectUnauthorized: pinned === undefined,
      ...(certificate === undefined ? {} : { cert: certificate }),
      ...(key === undefined ? {} : { key }),
    });
    await agreed(socket, where);
    const shown = socket.getPeerCertificate().fingerprint256 ?? '';
    if (pinned !== undefined && plain(pinned) !== plain(shown)) {
      throw new Unanswered('failed', `${where} shows another certificate than the one the target names: ${shown}.`);
    }
  } catch (error) {
    // The upper of the two takes the lower with it. Both destroyed, in the other order, end Node 24.21 by a fault.
    if (socket === undefined) tcp.destroy();
    else socket.destroy();
    if (error instanceof Unanswered) throw error;
    const reason = printable(error instanceof Error ? error.message : String(error), 120);
    throw new Unanswered('failed', `${where} and this machine do not agree on TLS: ${reason}.`);
  }
  // An error after this point reaches whoever reads; without a listener it would end the process.
  socket.on('error', () => {});
  return socket;
}

const plain = (fingerprint: string) => fingerprint.replace(/[^0-9a-f]/gi, '').toLowerCase();

function agreed(socket: TLSSocket, where: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(
      () => reject(new Unanswered('timeout', `${where} did not agree on TLS within ${patienceMs / 1000} s.`)),
      patienceMs,
    );
    socket.once('secureConnect', () => {
      clearTimeout(late);
      resolve();
    });
    socket.once('error', (error) => {
      clearTimeout(late);
      reject(error);
    });
  });
}
