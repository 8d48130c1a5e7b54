/** The legs of the waterfall under the names people use, in the order the vault pays them. */
export const legNames = {
  servicer: 'servicer',
  insurer: 'insurer',
  bailee: 'bailee',
  protocol: 'protocol fee',
  seniorInterest: 'senior interest',
  seniorPrincipal: 'senior principal',
  seniorShare: 'senior share of revenue',
  juniorInterest: 'junior interest',
  juniorPrincipal: 'junior principal',
  owner: 'owner',
  /** What the vault keeps, or gives back out of what it kept. */
  kept: 'reserve of the deal',
} as const;
