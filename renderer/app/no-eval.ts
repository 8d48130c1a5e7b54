/** Keeps zod from trying `new Function`: the page's content policy forbids it, and the try alone would be reported. */
import { z } from 'zod';

z.config({ jitless: true });
