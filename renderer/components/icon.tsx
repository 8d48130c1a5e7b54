/** Small drawn signs; each is decoration beside a word that says the same. */
const paths = {
  check: 'M3.5 8.5l3 3 6-7',
  cross: 'M4 4l8 8M12 4l-8 8',
  pause: 'M6 4v8M10 4v8',
  copy: 'M6 6V3h7v7h-3M3 6h7v7H3z',
  save: 'M8 2.5v7.5M4.8 7L8 10.2 11.2 7M3 13.5h10',
  alert: 'M8 4v5M8 11.6v.2M8 1.8l6.6 12H1.4z',
} as const;

export function Icon({ name }: { name: keyof typeof paths }) {
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
