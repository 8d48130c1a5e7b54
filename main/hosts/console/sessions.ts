/**
 * Links and sessions of the console. A link's token is good for one exchange within a minute; what it is exchanged for
 * lives in a cookie the page cannot read and a word against forged requests that only the page has. Only hashes are kept.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { type Failure, failure } from '#domain/failures/failure.ts';

export const linkLifeMs = 60_000;
const maxSessions = 8;
const maxTriesPerMinute = 20;

interface Session {
  cookie: Buffer;
  forgeryWord: string;
}

export interface Sessions {
  /** A fresh token for a link; those made before stay good for the rest of their minute. */
  newToken(): string;
  /** Exchanges a token for a session. */
  exchange(token: unknown): { cookie: string; forgeryWord: string } | { failure: Failure };
  /** The session's word, if the cookie is one of a session. */
  forgeryWordOf(cookie: string | undefined): string | undefined;
}

export function openSessions(now: () => number): Sessions {
  const tokens: { hash: Buffer; until: number }[] = [];
  const sessions: Session[] = [];
  let tries: number[] = [];

  const crowded = () => {
    tries = [...tries.filter((at) => at > now() - 60_000), now()];
    return tries.length > maxTriesPerMinute;
  };

  return {
    newToken: () => {
      const token = randomSecret();
      tokens.push({ hash: hashOf(token), until: now() + linkLifeMs });
      return token;
    },
    exchange: (token) => {
      if (crowded()) return { failure: failure('console.crowded') };
      const hash = hashOf(typeof token === 'string' ? token : '');
      const index = tokens.findIndex((each) => timingSafeEqual(each.hash, hash));
      const [found] = index < 0 ? [] : tokens.splice(index, 1);
      if (!found || found.until < now()) return { failure: failure('console.link_used') };
      const cookie = randomSecret();
      const forgeryWord = randomSecret();
      sessions.push({ cookie: hashOf(cookie), forgeryWord });
      if (sessions.length > maxSessions) sessions.shift();
      return { cookie, forgeryWord };
    },
    forgeryWordOf: (cookie) => {
      const hash = hashOf(cookie ?? '');
      return sessions.find((each) => timingSafeEqual(each.cookie, hash))?.forgeryWord;
    },
  };
}

/** Whether two secrets are the same, in a time that tells nothing of either. */
export function isSameSecret(one: unknown, other: string): boolean {
  return typeof one === 'string' && timingSafeEqual(hashOf(one), hashOf(other));
}

function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
