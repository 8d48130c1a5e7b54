/** The package has no types: it calls back with an error, a text from stderr, or the parsed XML. */
declare module 'node-nvidia-smi' {
  function nvidiaSmi(callback: (error: unknown, log: unknown) => void): void;
  export = nvidiaSmi;
}
