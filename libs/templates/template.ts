import type { Locale, TemplateId } from '#libs/domain/case/names';

/** A master's name in the languages it has; a missing one falls back to English. */
export interface LocalNames {
  en: string;
  bn?: string | null;
  hi?: string | null;
}

/** A post as people speak of it: "Sub-Assistant Engineer, Water Supply, Borough X". */
export interface OfficeName {
  /** As in the masters (English); known designations are put into the reader's language. */
  designation: string;
  department?: LocalNames;
  borough?: string;
}

/** Which kinds of variable a text may have, and the value each takes. All times are epoch ms. */
export interface VariableValues {
  /** A case number, grouped for reading out. */
  caseNumber: string;
  text: string;
  /** What somebody wrote; null reads "no words given". */
  quote: string | null;
  names: LocalNames;
  /** A ward's code. */
  ward: string;
  office: OfficeName;
  /** "Tuesday 24 November, 6 pm". */
  moment: number;
  /** "Tuesday 24 November". */
  day: number;
  /** "by Tuesday 24 November, 6 pm"; null reads "as soon as possible". */
  deadline: number | null;
  count: number;
  link: string;
  /** A one-time code; its digits stay as they are in every language. */
  code: string;
}
export type VariableKind = keyof VariableValues;
export type VariableKinds = Readonly<Record<string, VariableKind>>;
export type ValuesOf<K extends VariableKinds> = { [Name in keyof K]: VariableValues[K[Name]] };

/** One message: what it may say, in every language; `{name}` in a text stands for a variable. */
export interface TemplateDefinition<K extends VariableKinds = VariableKinds, Variant extends string = string> {
  id: TemplateId;
  variables: K;
  /** Wordings by occasion; each text of each language is a registered one of its own. */
  texts: Readonly<Record<Variant, Readonly<Record<Locale, string>>>>;
  /** Name of the approved WhatsApp template; a variant's has its name behind it. */
  whatsapp: string;
  /** Two digits, unique: part of the demo's DLT content template ids. */
  dltSeries: string;
  /** A plausible message for previews and for counting segments at boot. */
  example: ValuesOf<K>;
}

export function defineTemplate<const K extends VariableKinds, Variant extends string>(
  definition: TemplateDefinition<K, Variant>,
): TemplateDefinition<K, Variant> {
  return definition;
}
