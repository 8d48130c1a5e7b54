/** Small drawn signs; each is decoration beside a word that says the same. */
const paths = {
  check: 'M3.5 8.5l3 3 6-7',
  cross: 'M4 4l8 8M12 4l-8 8',
  pause: 'M6 4v8M10 4v8',
  copy: 'M6 6V3h7v7h-3M3 6h7v7H3z',
  save: 'M8 2.5v7.5M4.8 7L8 10.2 11.2 7M3 13.5h10',
  menu: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11',
  home: 'M2.5 7.5L8 2.8l5.5 4.7M4 6.6v6.6h8V6.6',
  list: 'M5.5 4h8M5.5 8h8M5.5 12h8M2.5 4h.2M2.5 8h.2M2.5 12h.2',
  gear: 'M8 5.6a2.4 2.4 0 1 0 0 4.8a2.4 2.4 0 1 0 0-4.8M8 1.8v2M8 12.2v2M1.8 8h2M12.2 8h2M3.6 3.6l1.4 1.4M11 11l1.4 1.4M12.4 3.6L11 5M5 11l-1.4 1.4',
  pulse: 'M1.5 8.5h3l2-5 3 9 2-4h3',
  machine: 'M2.5 3h11v4h-11zM2.5 9h11v4h-11zM5 5h.2M5 11h.2',
  gauge: 'M2.5 11.5a5.8 5.8 0 1 1 11 0M8 10.5l2.6-3.4',
  paper: 'M4 1.8h5.5L12.5 5v9.2H4zM6 7h4.5M6 9.5h4.5',
  shield: 'M8 1.8l5 1.8v4.2c0 3-2.1 5.2-5 6.4c-2.9-1.2-5-3.4-5-6.4V3.6zM5.8 8l1.6 1.6 3-3.2',
  stamp:
    'M3 13.5h10M5 11h6V9.2c-1.4-.6-1.6-1.8-1.2-3.2c.6-1.7-.2-3.4-1.8-3.4S5.600 4.300 6.200 6c.4 1.400.2 2.600-1.200 3.200z',
  pool: 'M2 11c1.500-1.200 2.500-1.200 4 0s2.500 1.200 4 0 2.500-1.200 4 0M2 7.500c1.500-1.200 2.500-1.200 4 0s2.500 1.200 4 0 2.500-1.200 4 0',
  coins: 'M8 3.200a5 2 0 1 0 0 .1M3 3.500v4c0 1.200 2.200 2 5 2s5-.8 5-2v-4M3 7.500v4c0 1.200 2.200 2 5 2s5-.8 5-2v-4',
  rack: 'M3 1.800h10v12.400H3zM3 5h10M3 8.200h10M3 11.300h10',
  alert: 'M8 4v5M8 11.6v.2M8 1.8l6.6 12H1.4z',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path
        d={paths[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.8"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
