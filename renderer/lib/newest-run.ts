/** The run that was started last. */
export function newestOf(runs: readonly { id: string; startedAt: string }[] | undefined): string | undefined {
  return runs?.reduce<{ id: string; startedAt: string } | undefined>(
    (newest, run) => (newest && newest.startedAt > run.startedAt ? newest : run),
    undefined,
  )?.id;
}
