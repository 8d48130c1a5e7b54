/** The texts of the language chosen: the owner's setting, else the first of the system's that there is. */
import { createContext, useContext } from 'react';
import type { Settings } from '#domain/settings.ts';
import { english, type Texts } from '../texts/english.ts';
import { french } from '../texts/french.ts';

const languages: Readonly<Record<string, Texts>> = { en: english, fr: french };

const TextsContext = createContext<Texts>(english);

export const TextsProvider = TextsContext.Provider;

export function useTexts(): Texts {
  return useContext(TextsContext);
}

/** @param preferred the system's languages, best first (BCP 47) */
export function languageOf(chosen: Settings['language'], preferred: readonly string[]): { code: string; texts: Texts } {
  const wanted = chosen === 'system' ? preferred.map((tag) => tag.split('-')[0] ?? '') : [chosen];
  const code = wanted.find((tag) => languages[tag] !== undefined) ?? 'en';
  return { code, texts: languages[code] ?? english };
}
