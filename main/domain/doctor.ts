/** What the doctor looked at before a run would: each thing with what was found and, where it is not well, the mend. */
export interface DoctorCheck {
  id: string;
  /** `warn`: a run goes through and misses something; `bad`: it would stop. */
  level: 'good' | 'warn' | 'bad';
  what: string;
  found: string;
  mend?: string;
}
