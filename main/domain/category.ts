/** Asset categories as the category registry on chain numbers them, and the capacity each one yields. */

export interface Category {
  id: number;
  name: string;
  /** Unit of capacity: one of it is one hour of one such thing, or one kilowatt-hour. */
  unit: string;
}

export const categories = {
  host: { id: 1, name: 'compute.host', unit: 'host-hour' },
  gpu: { id: 2, name: 'compute.gpu', unit: 'GPU-hour' },
  robot: { id: 3, name: 'robot', unit: 'h' },
  power: { id: 4, name: 'power', unit: 'kWh' },
} as const satisfies Record<string, Category>;

export type CategoryName = keyof typeof categories;
