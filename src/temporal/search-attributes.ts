import type { Connection } from '@temporalio/client';
import { leadSearchAttributes } from '../../workflows/messages.js';

/** Temporal's numbers of the types that we use (its enum IndexedValueType). */
const typeNumbers = { KEYWORD: 2, INT: 3, DATETIME: 6 } as const;
type TypeName = keyof typeof typeNumbers;
const typeNames = ['unspecified', 'Text', 'Keyword', 'Int', 'Double', 'Bool', 'Datetime', 'KeywordList'] as const;

const wanted: readonly (readonly [name: string, type: TypeName])[] = Object.entries(leadSearchAttributes);

/**
 * Adds the search attributes that the namespace lacks and makes sure that all have their types. May be called often.
 * @throws Error that names every attribute of another type, or what the server said to a new one
 */
export async function ensureSearchAttributes(connection: Connection, namespace: string): Promise<void> {
  const known = await listSearchAttributes(connection, namespace);
  const missing = wanted.filter(([name]) => known[name] === undefined);
  requireTypes(
    namespace,
    known,
    wanted.filter((attribute) => !missing.includes(attribute)),
  );
  if (missing.length === 0) return;
  await add(connection, namespace, missing);
  // The server also says yes to a name that it knows with another type, and then changes nothing.
  requireTypes(namespace, await listSearchAttributes(connection, namespace), wanted);
}

type TypeNumbers = Readonly<Record<string, number | null | undefined>>;

async function listSearchAttributes(connection: Connection, namespace: string): Promise<TypeNumbers> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  return customAttributes;
}

async function add(connection: Connection, namespace: string, missing: typeof wanted): Promise<void> {
  const searchAttributes = Object.fromEntries(missing.map(([name, type]) => [name, typeNumbers[type]]));
  try {
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
  } catch (error) {
    const names = missing.map(([name, type]) => `${name} (${nameOf(typeNumbers[type])})`).join(', ');
    throw new Error(
      `namespace ${namespace} of Temporal does not take the search attributes ${names}: ${String(error)}; ` +
        'a namespace has room for 10 of type Keyword and 3 each of Int and Datetime: free some, or use a namespace of its own (TEMPORAL_NAMESPACE)',
      { cause: error },
    );
  }
}

function requireTypes(namespace: string, known: TypeNumbers, attributes: typeof wanted): void {
  const mistakes = attributes.flatMap(([name, type]) => {
    const number = known[name];
    if (number === typeNumbers[type]) return [];
    const found = number == null ? 'missing although it was added' : `of type ${nameOf(number)}`;
    return [`${name} is ${found} and must be ${nameOf(typeNumbers[type])}`];
  });
  if (mistakes.length === 0) return;
  throw new Error(
    `search attributes of Temporal's namespace ${namespace}: ${mistakes.join('; ')}; remove those ` +
      `(temporal operator search-attribute remove --namespace ${namespace} --name NAME) and start again, ` +
      'or use a namespace of its own (TEMPORAL_NAMESPACE)',
  );
}

const nameOf = (number: number): string => typeNames[number] ?? `number ${number}`;
