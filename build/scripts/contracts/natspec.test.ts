/** Every function and variable of a contract that can be called from outside says what it does. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const sources = join(import.meta.dirname, '../../../contracts/src');
const files = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.sol'));

/** Names of what is public in a source and has no `@notice` or `@inheritdoc` right above it. */
function undocumented(source: string): string[] {
  const found: string[] = [];
  const declaration =
    /((?:^ {4}\/\/.*\n)*)^ {4}(function (\w+)\([^;{]*|(?!event|error|struct|using)[\w(][^;={\n]* public [^;={]*?(\w+)\s*(?==|;))/gm;
  for (const [, comment, text, called, variable] of source.matchAll(declaration)) {
    if (called !== undefined && !/\b(external|public)\b/.test(text ?? '')) continue;
    if (!/@(notice|inheritdoc)/.test(comment ?? '')) found.push(called ?? variable ?? text ?? '');
  }
  return found;
}

test('the check sees what is missing', () => {
  const source =
    '    /// @notice There.\n    function told() external;\n\n    function untold(\n        uint a\n    ) public view {}\n    uint256 public bare;\n    function hidden() internal {}\n';
  expect(undocumented(source)).toEqual(['untold', 'bare']);
});

test.each(files)('%s', (file) => {
  expect(undocumented(readFileSync(join(sources, file), 'utf8'))).toEqual([]);
});
