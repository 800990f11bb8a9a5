import { passesLuhn, passesMod97 } from "./check-digits.ts";

export type PersonalKind =
  | "e-mail address"
  | "card number"
  | "bank account (IBAN)"
  | "national identity number"
  | "phone number"
  | "IP address"
  | "person's name"
  | "postal address"
  | "date of birth";

export interface KindOfPersonalData {
  readonly kind: PersonalKind;
  /** How sure one matching value makes us, in [0, 1]: high with check digits, low for shapes that numbers have by chance. */
  readonly strength: number;
  matches(value: string): boolean;
  /** Words of column names that speak for it, split at anything but letters and at changes of case. */
  readonly context: readonly string[];
}

const EMAIL = /^[\w.+'-]{1,64}@(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.){1,8}[a-z]{2,24}$/i;
const CARD = /^[2-6](?:[ -]?\d){12,18}$/;
const IBAN = /^[a-z]{2}\d{2}[a-z\d]{11,30}$/i;
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/;
const IPV6 = /^(?=.*:.*:)[\da-f]{0,4}(?::[\da-f]{0,4}){2,7}$/i;
const PHONE = /^(?:\+\d{1,3}[ .-]?)?(?:\(\d{1,4}\)[ .-]?)?\d{2,4}(?:[ .-]?\d{2,4}){1,4}$/;
// US, UK and a shape many countries share: date of birth and a suffix.
const NATIONAL =
  /^(?:(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}|[a-ceghj-prstw-z]{2}\d{6}[a-d]|\d{6}[-+]\d{3,4}[\da-z]?)$/i;

const never = (): boolean => false;

/** Strengths follow the order of Microsoft Presidio's recognisers, without a language model. */
export const KINDS: readonly KindOfPersonalData[] = [
  { kind: "e-mail address", strength: 1, matches: (text) => EMAIL.test(text), context: ["email", "mail"] },
  { kind: "card number", strength: 0.9, matches: isCard, context: ["card", "credit", "pan", "ccnum"] },
  { kind: "bank account (IBAN)", strength: 1, matches: isIban, context: ["iban", "account", "bank"] },
  {
    kind: "national identity number",
    strength: 0.6,
    matches: (text) => NATIONAL.test(text),
    context: ["ssn", "social", "national", "nino", "passport", "taxid", "personnummer"],
  },
  {
    kind: "phone number",
    strength: 0.5,
    matches: isPhone,
    context: ["phone", "mobile", "tel", "telephone", "fax", "msisdn"],
  },
  { kind: "IP address", strength: 0.7, matches: isIp, context: ["ip", "ipaddress", "addr", "host"] },
  {
    kind: "person's name",
    strength: 0,
    matches: never,
    context: ["firstname", "lastname", "surname", "fullname", "forename", "maidenname"],
  },
  { kind: "postal address", strength: 0, matches: never, context: ["street", "postcode", "zipcode", "homeaddress"] },
  { kind: "date of birth", strength: 0, matches: never, context: ["birthdate", "dob", "birthday", "dateofbirth"] },
];

function isCard(text: string): boolean {
  return CARD.test(text) && passesLuhn(text.replace(/\D/g, ""));
}

function isIban(text: string): boolean {
  const close = text.replace(/ /g, "");
  return IBAN.test(close) && passesMod97(close);
}

// A run of digits alone is a number; a phone number says so with a plus, brackets or gaps. Dates, decimals and numbers
// with their thousands apart are none.
const NO_PHONE = /^(?:\d{4}-\d{2}-\d{2}|\d+\.\d+|\d{1,3}(?:[ .]\d{3})+)$/;

function isPhone(text: string): boolean {
  const digits = text.replace(/\D/g, "").length;
  return digits >= 7 && digits <= 15 && /[+() .-]/.test(text) && !NO_PHONE.test(text) && PHONE.test(text);
}

function isIp(text: string): boolean {
  return (
    IPV4.test(text) ||
    (text.length <= 39 && IPV6.test(text) && /[\da-f]/i.test(text) && !/^\d{1,2}:\d{2}(:\d{2})?$/.test(text))
  );
}
