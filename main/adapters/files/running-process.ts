/** Whether the process that a file names still runs: the one that wrote it, or the one that holds it. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process answers by refusing the signal.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
