/** Where a home keeps what: one folder, `--home` or `$GAIB_ONBOARD_HOME`, else under `$XDG_DATA_HOME`. */
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

export interface Home {
  folder: string;
  journal: string;
  lock: string;
  keys: string;
  settings: string;
  /** Credentials for devices on the network, sealed. */
  credentials: string;
  sandbox: string;
  validators: string;
  /** The disk benchmark writes its file here and removes it. */
  scratch: string;
}

export function homeAt(given: string | undefined, environment: NodeJS.ProcessEnv): Home {
  const data = environment.XDG_DATA_HOME ?? join(homedir(), '.local', 'share');
  const folder = resolve(given ?? environment.GAIB_ONBOARD_HOME ?? join(data, 'gaib-onboard'));
  return {
    folder,
    journal: join(folder, 'journal.sqlite'),
    lock: join(folder, 'run.lock'),
    keys: join(folder, 'keys'),
    settings: join(folder, 'settings.json'),
    credentials: join(folder, 'keys', 'credentials.json'),
    sandbox: join(folder, 'sandbox'),
    validators: join(folder, 'sandbox', 'validators'),
    scratch: join(folder, 'scratch'),
  };
}
