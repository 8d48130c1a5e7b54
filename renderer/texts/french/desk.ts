/** Start, key, activity, settings, diagnostics, in French. */
import type { desk as english } from '../english/desk.ts';

export const desk: typeof english = {
  start: {
    lead: 'Du matériel à un actif qui rapporte : trouvé, mesuré, signé, attesté, émis, mis en pool.',
    network: 'Réseau',
    sandbox: 'Bac à sable',
    onboard: 'Mettre cette machine en chaîne',
    toRun: 'Vers le parcours',
  },

  key: {
    title: 'Votre clé',
    lead: 'Une seule clé signe pour vous et détient vos titres. Elle reste chiffrée sur cette machine ; nous n’en avons pas de copie.',
    create: 'Créer une clé',
    bring: 'Apporter une clé',
    passphrase: 'Phrase secrète',
    again: 'La phrase secrète, encore une fois',
    atLeast: 'Au moins 12 caractères. Personne ne peut ouvrir la clé sans elle, ni la réinitialiser.',
    differ: 'Les deux phrases diffèrent.',
    tooShort: 'Trop courte : au moins 12 caractères.',
    make: 'Créer la clé',
    making: 'Chiffrement…',
    file: 'Fichier de clé',
    open: 'Ouvrir et garder',
    address: 'Adresse',
    save: 'Enregistrer la sauvegarde',
    saved: 'Enregistrée sous',
    tryIt: 'Vérifier la sauvegarde',
    tryLead:
      'Choisissez le fichier enregistré et tapez la phrase secrète : seule une sauvegarde qui a été ouverte en est une.',
    tried: 'La sauvegarde s’ouvre et contient cette clé.',
    untried: 'La sauvegarde n’a pas encore été vérifiée.',
    locked: 'La clé est verrouillée. Tapez sa phrase secrète pour signer.',
    unlock: 'Déverrouiller',
  },

  settings: {
    title: 'Réglages',
    language: 'Langue',
    languages: { system: 'Comme le système', en: 'English', fr: 'Français' },
    theme: 'Apparence',
    themes: { system: 'Comme le système', light: 'Claire', dark: 'Sombre', contrast: 'Contraste élevé' },
    tariff: 'Électricité, dollars par kilowattheure',
    etherPrice: 'Ether, dollars',
    save: 'Enregistrer',
    saved: 'Enregistré.',
    notNumber: 'Un nombre, ou rien.',
  },

  diagnostics: {
    title: 'Diagnostic',
    lead: 'Voici tout ce que contient le fichier. Les clés, phrases secrètes et transactions signées n’y sont jamais. Lisez-le avant de l’envoyer à qui que ce soit.',
    save: 'Enregistrer diagnostics.json',
  },

  activity: {
    title: 'Activité',
    lead: 'Chaque parcours de ce dossier, avec ses transactions ; un parcours arrêté reprend où il s’est arrêté.',
    open: 'Ouvrir',
    none: 'Aucune transaction pour l’instant.',
    purpose: 'Pour',
    transaction: 'Transaction',
    state: 'État',
  },

  locked: {
    title: 'Cette page a besoin de son lien',
    detail: 'La console est ouverte au navigateur qui a ouvert son lien, et à aucun autre.',
  },
};
