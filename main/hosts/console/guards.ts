/**
 * Who may talk to the console: pure checks on one request. A page of another site, a name that was rebound to this
 * machine and another port of this machine are all refused, each with the reason.
 */
import type { IncomingHttpHeaders } from 'node:http';

/** The names of this machine's own console, each with its very port. */
export function allowedHosts(port: number): ReadonlySet<string> {
  return new Set([`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]);
}

const reading = new Set(['GET', 'HEAD']);
const known = new Set(['GET', 'HEAD', 'POST']);

/** Why the request is refused, as the subject of `console.refused`; undefined when it may pass. */
export function refusalReason(
  method: string,
  path: string,
  headers: IncomingHttpHeaders,
  port: number,
): string | undefined {
  const { host, origin } = headers;
  if (!host || !allowedHosts(port).has(host.toLowerCase()))
    return 'it was sent to another name or port than the console has';
  if (!known.has(method)) return `the method ${method.slice(0, 20)} is not used here`;
  if (origin !== undefined && origin !== `http://${host.toLowerCase()}`)
    return 'it comes from a page of another origin';
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none' && !isFollowedLink(method, path, headers))
    return 'it comes from a page of another site';
  if (reading.has(method)) return undefined;
  if (origin === undefined && site === undefined) return 'it does not say which page it comes from';
  if (site === 'none') return 'it comes from no page';
  if (!/^application\/json\b/i.test(headers['content-type'] ?? '')) return 'its content type is not application/json';
  return undefined;
}

/**
 * A person may follow the console's link from a page or a file of another site: it shows the page, and no cookie comes
 * along (SameSite=Strict). Another port of this machine is the same site, and is refused.
 */
function isFollowedLink(method: string, path: string, headers: IncomingHttpHeaders): boolean {
  return (
    method === 'GET' &&
    path === '/' &&
    headers['sec-fetch-site'] === 'cross-site' &&
    headers['sec-fetch-mode'] === 'navigate' &&
    headers['sec-fetch-dest'] === 'document'
  );
}

/** The value of one cookie; undefined when it is absent or stands there twice. */
export function cookieOf(header: string | undefined, name: string): string | undefined {
  const values = (header ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(`${name}=`));
  return values.length === 1 ? values[0]?.slice(name.length + 1) : undefined;
}
