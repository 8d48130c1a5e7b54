/** The verifier of the work proof in a browser tab: the same code, the same verdicts. */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { sandboxWork } from '../../main/core/proof/parameters.ts';
import { cpuProver } from '../../main/core/proof/prove.ts';
import { freshNonce } from '../../main/core/proof/verify.ts';
import { startBrowser } from './browser.ts';

const started = await startBrowser();
if ('skip' in started) console.warn(started.skip);

describe.skipIf('skip' in started)('the verifier in a browser', () => {
  it('accepts an honest proof and refuses one whose tile was changed', async () => {
    const browser = 'browser' in started ? started.browser : undefined;
    const { outputFiles } = await build({
      entryPoints: [fileURLToPath(new URL('../../main/core/proof/verify.ts', import.meta.url))],
      bundle: true,
      write: false,
      platform: 'browser',
      format: 'iife',
      globalName: 'proof',
    });
    const seed = freshNonce();
    const nonces = { walk: freshNonce(), product: freshNonce(), open: freshNonce() };
    const prover = cpuProver(sandboxWork, seed);
    await prover.fill();
    await prover.walk(nonces.walk);
    const commitment = await prover.multiply(nonces.product);
    const opening = await prover.open({ nonce: nonces.open });
    const page = await browser!.newPage();
    try {
      await page.addScriptTag({ content: outputFiles[0]!.text });
      const verdictOf = async (sent: typeof opening) =>
        await page.evaluate(
          // biome-ignore lint/suspicious/noExplicitAny: the global that the script above brought into the page.
          ([asked, ours, theirs]) => (globalThis as any).proof.verify(asked, ours, theirs),
          [{ sizes: sandboxWork, seed, nonces }, commitment, sent] as const,
        );
      expect(await verdictOf(opening)).toEqual({ ok: true });
      const changed = structuredClone(opening);
      changed.tiles[0]!.values = changed.tiles[0]!.values.replace(/.$/, (digit) =>
        digit === '0' ? '1' : '0',
      ) as typeof commitment.seed;
      expect(await verdictOf(changed)).toMatchObject({ ok: false, fault: 'path' });
    } finally {
      await browser!.close();
    }
  });
});
