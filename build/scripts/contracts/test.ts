/** Runs the tests of the contracts; what stands after `--` goes to forge. Ends with forge's own exit code. */
import { compileSymbiotic, forge } from './forge.ts';

compileSymbiotic();
process.exit(forge(['test', ...process.argv.slice(2)], true).status);
