/** The API for every component below the app; a test hands in one of its own. */
import { createContext, useContext } from 'react';
import type { Api } from '#api/client/api.ts';

const context = createContext<Api | undefined>(undefined);

export const ApiProvider = context.Provider;

export function useApi(): Api {
  const api = useContext(context);
  if (!api) throw new Error('no API around this component');
  return api;
}
