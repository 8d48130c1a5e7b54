/** `gaib-onboard console`: the same screens in a browser, on loopback, behind a one-time token. */
import { Command, Option } from 'commander';
import { openProgram } from '#composition/program.ts';
import {
  homeOption,
  passphraseOption,
  portOption,
  practiceOptions,
  programOptions,
  type SharedOptions,
  withManual,
} from '../options.ts';
import { processTerminal } from '../output/terminal.ts';

export function consoleCommand(moduleUrl: string): Command {
  const command = new Command('console')
    .summary('show the run live in a browser')
    .description(
      'Serves the screens on 127.0.0.1 and prints a link that works once, within a minute. Over SSH: forward the port it prints.',
    )
    .addOption(portOption())
    .addOption(new Option('--open', "open the link in this machine's browser, where there is a desktop"))
    .addOption(new Option('--quick', 'short benchmarks: fewer and smaller runs'))
    .addOption(passphraseOption())
    .addOption(homeOption());
  for (const option of practiceOptions()) command.addOption(option);
  withManual(
    command,
    [
      ['gaib-onboard console', 'print the link, serve until Ctrl-C'],
      ['gaib-onboard console --open', 'the same, and open it in the browser'],
    ],
    ['usage.invalid', 'capture.unreadable', 'disk.denied', 'port.taken', 'console.page_missing'],
  );
  return command.action(async (options: SharedOptions & { port: number; open?: boolean }) => {
    const terminal = processTerminal(process.env);
    const { serveConsole } = await import('../../console/serve-console.ts');
    const prepared = programOptions(options, process.env, moduleUrl);
    const program = openProgram(prepared);
    const stop = new AbortController();
    const served = await serveConsole({
      context: program.context,
      rendererFolder: prepared.entries.pages,
      port: options.port,
      signal: stop.signal,
    });
    terminal.print(served.url);
    const link = options.open === true ? await openLink(served.url, prepared.home.folder) : undefined;
    terminal.say(
      'The link works once, within a minute. Ctrl-C ends the console; a run in progress is stopped and can be resumed.',
    );
    await new Promise<void>((resolve) => {
      process.once('SIGINT', () => resolve());
      process.once('SIGTERM', () => resolve());
    });
    await link?.forget();
    await served.close();
    await program.close();
  });
}

async function openLink(url: string, folder: string) {
  const { openerOf, openInBrowser } = await import('../../console/open-browser.ts');
  return await openInBrowser(url, folder, openerOf(process.platform, process.env));
}
