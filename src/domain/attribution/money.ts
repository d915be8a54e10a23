/** An amount in one currency, in hundredths of it. */
export interface Money {
  readonly minor: number;
  readonly currency: string;
}

/** Money such as `750000 USD`, in hundredths of its currency; `undefined` for anything else, or beyond exact counting. */
export function parseMoney(value: string): Money | undefined {
  const match = /^(\d+(?:\.\d+)?) ([A-Z]{3})$/.exec(value);
  if (match === null) return undefined;
  const minor = Math.round(Number(match[1]) * 100);
  return Number.isSafeInteger(minor) ? { minor, currency: match[2]! } : undefined;
}
